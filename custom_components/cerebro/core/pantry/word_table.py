"""The words by which a name tells what kind of thing it is, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .categories import Category

type Words = tuple[str, ...]

WORDS: Final[Mapping[Category, Words]] = {
    Category.MILK: ("milk", "lait", "buttermilk", "babeurre", "kefir", "lait ribot"),
    Category.CREAM: (
        "cream", "crème", "crème fraîche", "chantilly", "sour cream",
    ),
    Category.YOGURT: (
        "yogurt", "yoghurt", "yaourt", "skyr", "fromage blanc", "petit suisse", "faisselle",
        "crème dessert", "rice pudding", "riz au lait", "quark", "semoule au lait", "flan",
        "mousse au chocolat", "chocolate mousse", "chocolate pudding", "tiramisu", "île flottante",
        "danette", "dairy dessert", "actimel", "yop", "crème caramel", "flan caramel", "vanilla custard",
        "milkshake", "oat yogurt",
    ),
    Category.BUTTER: ("butter", "beurre", "margarine", "ghee"),
    Category.SOFT_CHEESE: (
        "soft cheese", "cream cheese", "goat cheese", "camembert", "brie", "mozzarella", "ricotta",
        "feta", "mascarpone", "cottage cheese", "chèvre", "fromage frais", "fromage de chèvre",
        "roquefort", "burrata", "saint nectaire", "reblochon", "munster", "philadelphia", "boursin",
        "kiri", "saint môret", "blue cheese", "bleu d’auvergne", "gorgonzola", "stilton",
        "fourme d’ambert", "goat s cheese", "cheese spread", "fromage à tartiner", "fromage râpé",
        "gruyère râpé", "emmental râpé", "parmesan râpé", "grated cheese", "shredded cheese",
        "grated parmesan",
    ),
    Category.HARD_CHEESE: (
        "cheese", "fromage", "cheddar", "gruyère", "emmental", "comté", "parmesan", "gouda", "cantal",
        "raclette", "pecorino", "beaufort", "halloumi", "morbier", "tomme", "mimolette", "edam",
    ),
    Category.EGGS: ("egg", "œuf"),
    Category.MEAT: (
        "beef", "pork", "lamb", "veal", "steak", "roast", "chop", "meat", "bœuf", "porc", "agneau",
        "veau", "rôti", "côtelette", "entrecôte", "viande", "bavette", "rumsteck", "liver", "kidney",
        "rognon", "lapin", "rabbit", "venison", "tripes", "filet mignon", "foie", "jerky", "gigot",
        "gammon", "spare rib",
    ),
    Category.MINCED_MEAT: (
        "minced meat", "mince", "ground beef", "ground meat", "burger", "haché", "viande hachée",
        "steak haché", "meatball", "boulette", "minced beef", "minced pork", "minced lamb", "hamburger",
        "kebab", "tartare", "steak tartare", "carpaccio", "meatloaf", "pain de viande", "beef tartare",
    ),
    Category.POULTRY: (
        "chicken", "turkey", "duck", "poultry", "poulet", "dinde", "canard", "volaille", "pintade",
        "cordon bleu", "croquette de poulet",
    ),
    Category.COLD_CUTS: (
        "ham", "jambon", "salami", "prosciutto", "cold cuts", "terrine", "rillettes", "mortadella",
        "mortadelle", "coppa", "bacon", "lardon", "charcuterie", "pastrami", "blanc de dinde", "pâté",
        "foie gras", "mousse de foie", "mousse de canard", "corned beef", "viande des grisons",
        "turkey slice", "chicken slice", "sliced chicken", "sliced turkey", "salt beef", "sardine pâté",
        "rillettes de sardine", "pancetta", "bresaola", "speck", "jambonneau", "andouille", "liverwurst",
    ),
    Category.SAUSAGES: (
        "sausage", "saucisse", "chorizo", "saucisson", "merguez", "frankfurter", "hot dog", "chipolata",
        "boudin", "knack", "andouillette", "black pudding",
    ),
    Category.FISH: (
        "fish", "salmon", "tuna", "cod", "trout", "poisson", "saumon", "thon", "cabillaud", "truite",
        "colin", "sole", "mackerel", "maquereau", "haddock", "sea bass", "anchovy", "anchois", "plaice",
        "halibut", "flétan", "merlu", "dorade", "sea bream", "lieu noir", "monkfish", "lotte", "rouget",
        "tilapia", "morue", "brandade", "croquette de poisson", "fish cake", "seafood", "fruits de mer",
        "taramasalata", "fresh sardine", "sardine fraîche", "salt cod", "fish pie", "gravlax", "hareng",
        "herring", "eel", "anguille", "espadon", "swordfish", "hareng à l’huile", "rollmops",
    ),
    Category.SMOKED_FISH: (
        "smoked salmon", "smoked fish", "smoked trout", "saumon fumé", "poisson fumé", "truite fumée",
        "hareng fumé",

    ),
    Category.SHELLFISH: (
        "shrimp", "prawn", "mussel", "oyster", "crab", "lobster", "scallop", "crevette", "moule",
        "huître", "crabe", "homard", "saint jacques", "surimi", "gambas", "langoustine", "squid",
        "calamar", "calamari", "octopus", "poulpe", "crab cake", "poulpe",
    ),
    Category.TOFU: ("tofu", "tempeh", "seitan"),
    Category.PLANT_MILK: (
        "oat milk", "soy milk", "soya milk", "almond milk", "coconut milk", "rice milk", "oat drink",
        "lait d’avoine", "lait de soja", "lait d’amande", "lait de coco", "lait de riz",
        "boisson végétale", "boisson avoine", "boisson soja",
    ),
    Category.BREAD: (
        "bread", "baguette", "toast", "bun", "bagel", "tortilla", "wrap", "pita", "pain", "brioche",
        "pain de mie", "naan", "pain au lait", "burger bun", "hot dog bun", "pain hot dog",
        "pain à hot dog", "crumpet", "garlic bread", "hamburger bun", "pain hamburger",
        "pain à hamburger", "pain à burger",
    ),
    Category.PASTRY: (
        "croissant", "cake", "pastry", "muffin", "gâteau", "pain au chocolat", "viennoiserie", "tarte",
        "pie", "donut", "madeleine", "sponge cake", "tart", "crêpe", "pancake", "waffle", "gaufre",
        "scone", "clafoutis",
    ),
    Category.DOUGH: (
        "dough", "pâte feuilletée", "pâte brisée", "pâte à pizza", "pizza dough", "puff pastry",
        "pâte sablée", "pâte à crêpe", "pâte à tarte", "cookie dough", "shortcrust pastry",
        "filo pastry", "pie dough",
    ),
    Category.FRUIT: (
        "apple", "pear", "banana", "orange", "lemon", "lime", "grape", "peach", "apricot", "plum",
        "melon", "kiwi", "mango", "pineapple", "avocado", "pomme", "poire", "banane", "citron", "raisin",
        "pêche", "abricot", "prune", "mangue", "ananas", "avocat", "clémentine", "mandarine", "fruit",
        "pomelo", "nectarine", "cherry", "cerise", "watermelon", "pastèque", "fig", "figue",
        "datte", "rhubarb", "rhubarbe", "pomegranate", "grenade", "litchi", "papaya", "pamplemousse",
        "grapefruit", "mirabelle",
    ),
    Category.BERRIES: (
        "berry", "strawberry", "raspberry", "blueberry", "blackberry", "fraise", "framboise", "myrtille",
        "mûre", "groseille",
    ),
    Category.LEAFY_GREENS: (
        "salad", "lettuce", "spinach", "rocket", "kale", "salade", "laitue", "épinard", "roquette",
        "mâche", "chard", "blette", "endive", "watercress", "cresson",
    ),
    Category.VEGETABLES: (
        "vegetable", "tomato", "cucumber", "pepper", "zucchini", "courgette", "eggplant", "aubergine",
        "broccoli", "cauliflower", "cabbage", "leek", "asparagus", "celery", "fennel", "légume",
        "tomate", "concombre", "poivron", "brocoli", "chou", "chou fleur", "poireau", "asperge",
        "céleri", "fenouil", "haricot vert", "green bean", "artichaut", "artichoke", "cœur de bœuf",
        "pea", "petits pois", "pois gourmand", "sugar snap", "bean sprout", "sugar snap pea",
        "pois mange tout", "butternut", "corn on the cob", "épi de maïs",
    ),
    Category.ROOT_VEGETABLES: (
        "potato", "carrot", "onion", "garlic", "beetroot", "radish", "turnip", "ginger", "shallot",
        "pomme de terre", "carotte", "oignon", "ail", "betterave", "radis", "navet", "gingembre",
        "échalote", "sweet potato", "patate douce", "pumpkin", "potiron", "courge",
    ),
    Category.MUSHROOMS: ("mushroom", "champignon"),
    Category.HERBS: (
        "parsley", "basil", "coriander", "chives", "mint", "dill", "herb", "persil", "basilic",
        "coriandre", "ciboulette", "menthe", "aneth",
    ),
    Category.READY_MEALS: (
        "ready meal", "pasta dish", "rice dish", "prepared meal", "fresh meal", "refrigerated meal",
        "prepared salad", "pizza", "lasagna", "lasagne", "sandwich", "sushi", "plat préparé", "quiche",
        "hummus", "houmous", "gratin", "tarama", "taboulé", "bolognese", "bolognaise", "carbonara",
        "mac and cheese", "macaroni cheese", "macaroni and cheese", "boiled egg", "œuf dur",
        "scotch egg", "egg mayonnaise", "œuf mayonnaise", "tortilla de patatas", "tortilla espagnole",
        "omelette", "spanish omelette", "croque monsieur", "guacamole", "tzatziki", "coleslaw",
        "macédoine", "piémontaise", "salade piémontaise", "paella", "cassoulet", "choucroute garnie",
        "chili con carne", "chilli con carne", "moussaka", "ratatouille", "hachis parmentier",
        "shepherd s pie", "cottage pie", "meat pie", "pork pie", "chicken pie", "mashed potato", "purée",
        "purée de pommes de terre", "samosa", "nem", "spring roll", "falafel", "dumpling", "gyoza",
        "maki", "poke bowl", "pad thai", "stew", "pot au feu", "fish and chips", "fried rice",
        "riz cantonais", "couscous royal", "tortellini", "cappelletti", "ravioli", "raviole", "gnocchi",
        "carottes râpées", "céleri rémoulade", "quenelle", "tourte", "vol au vent", "bouchée à la reine",
        "flammekueche", "tomate farcie", "poivron farci", "légume farci", "stuffed pepper",
        "stuffed tomato", "béchamel", "hollandaise", "pasta bake", "cheesecake", "cream cake",
        "cream puff", "éclair", "profiterole", "millefeuille", "paris brest", "religieuse", "fraisier",
        "chou à la crème", "tarte à la crème", "cream pie", "crème anglaise", "custard", "crème brûlée",
        "panna cotta", "petit salé", "egg white", "blanc d’œuf", "liquid egg", "œuf liquide",
        "salmon egg", "salmon roe", "œuf de saumon", "œuf de truite", "œuf de lump", "egg roll",
        "cheese dip", "onion dip", "cheese fondue", "fondue", "tartiflette", "garlic in oil",
        "ail à l’huile", "herb in oil", "herbes à l’huile", "frites fraîches", "fresh fries",
        "cannelloni", "ganache", "ceviche",
    ),
    Category.LEFTOVERS: ("leftover", "restes"),
    Category.SOUP: (
        "soup", "soupe", "velouté", "gazpacho", "potage", "bisque", "bouillabaisse",
    ),
    Category.FROZEN_VEGETABLES: (
        "frozen vegetable", "frozen pea", "frozen spinach", "frozen berry", "frozen bean",
        "légume surgelé", "petit pois surgelé", "épinard surgelé", "french fries", "frites",
        "frozen strawberry", "frozen raspberry", "frozen fruit", "fraise surgelée", "framboise surgelée",
        "fruit surgelé", "myrtille surgelée", "pomme dauphine", "pomme noisette",
    ),
    Category.FROZEN_MEALS: (
        "frozen meal", "frozen pizza", "fish finger", "pizza surgelée", "plat surgelé", "poisson pané",
        "surgelé", "surgelée", "frozen", "lasagne surgelée", "quiche surgelée",
    ),
    Category.ICE_CREAM: ("ice cream", "glace", "crème glacée", "sorbet", "popsicle"),
    Category.JUICE: (
        "juice", "jus", "nectar", "smoothie", "coconut water", "eau de coco",
    ),
    Category.SOFT_DRINKS: (
        "soda", "cola", "lemonade", "limonade", "iced tea", "ice tea", "thé glacé", "tonic", "sirop",
        "coke", "soft drink", "energy drink",
    ),
    Category.WATER: ("water", "eau", "eau gazeuse", "mineral water"),
    Category.BEER: ("beer", "bière", "cider", "cidre", "lager"),
    Category.WINE: (
        "wine", "vin", "champagne", "prosecco", "cava", "whisky", "rhum", "gin", "vodka", "porto",
    ),
    Category.COFFEE: ("coffee", "café", "espresso", "nespresso", "cappuccino", "dosette"),
    Category.TEA: ("tea", "thé", "tisane", "infusion", "camomille", "rooibos"),
    Category.PASTA: (
        "pasta", "spaghetti", "noodle", "macaroni", "penne", "fusilli", "pâtes", "tagliatelle",
        "nouille", "coquillette", "vermicelle", "egg noodle", "egg pasta", "pâtes aux œufs",
        "tagliatelle aux œufs", "rice noodle", "lasagna sheet", "lasagne sheet", "feuille de lasagne",
    ),
    Category.RICE: (
        "rice", "riz", "risotto", "couscous", "semoule", "quinoa", "bulgur", "boulgour", "polenta",
    ),
    Category.FLOUR: (
        "flour", "farine", "yeast", "levure", "baking powder", "starch", "maïzena", "breadcrumb",
        "chapelure", "pizza flour", "farine à pizza", "pancake mix",
    ),
    Category.SUGAR: ("sugar", "sucre", "sweetener", "édulcorant", "sucre vanillé"),
    Category.CEREALS: (
        "cereal", "muesli", "granola", "oat", "cornflakes", "céréale", "avoine", "flocon d’avoine",
        "porridge",
    ),
    Category.PULSES: (
        "lentil", "chickpea", "bean", "split pea", "lentille", "pois chiche", "haricot", "pois cassé",
        "fève", "kidney bean", "haricot blanc", "haricot rouge",
    ),
    Category.CANNED: (
        "canned", "tin of", "tinned", "conserve", "en boîte", "canned tomato", "canned tuna",
        "thon en boîte", "pickle", "cornichon", "olive", "corn", "maïs", "sardine", "tuna in oil",
        "tuna in brine", "tuna in water", "thon à l’huile", "thon au naturel", "maquereau au vin blanc",
        "petits pois en boîte", "tomate pelée", "chopped tomato", "peeled tomato", "tomato paste",
        "tomato purée", "concentré de tomates", "pêche au sirop", "peach in syrup", "spam", "in oil",
        "à l’huile", "baked bean", "refried bean", "fruit au sirop", "fruits in syrup",
    ),
    Category.SAUCES: (
        "sauce", "pesto", "tomato sauce", "sauce tomate", "gravy", "soy sauce", "sauce soja", "bouillon",
        "stock cube", "passata", "coulis", "pizza sauce", "sauce pizza", "sauce bolognaise",
        "sauce bolognese", "bolognese sauce", "sauce carbonara", "carbonara sauce", "fish sauce",
        "oyster sauce", "chicken stock cube", "beef stock cube", "fish stock cube", "gravy granule",
    ),
    Category.CONDIMENTS: (
        "ketchup", "mustard", "mayonnaise", "moutarde", "mayo", "relish", "tabasco", "dressing",
        "vinaigrette", "caper", "câpre", "salad dressing", "salad cream", "sauce salade", "curry paste",
        "pâte de curry",
    ),
    Category.OIL: ("oil", "huile", "olive oil", "huile d’olive"),
    Category.VINEGAR: (
        "vinegar", "vinaigre", "wine vinegar", "vinaigre de vin", "white wine vinegar", "rice vinegar",
        "cider vinegar",
    ),
    Category.SPICES: (
        "salt", "black pepper", "spice", "curry", "cinnamon", "paprika", "sel", "poivre", "épice",
        "cannelle", "cumin", "nutmeg", "muscade", "oregano", "origan", "thym", "thyme", "vanilla",
        "vanille", "garlic powder", "onion powder", "herbes de provence", "curry powder",
        "poudre de curry",
    ),
    Category.JAM: (
        "jam", "marmalade", "confiture", "compote", "applesauce", "jelly", "gelée", "apple sauce",
    ),
    Category.HONEY: ("honey", "miel", "maple syrup", "sirop d’érable"),
    Category.SPREADS: (
        "peanut butter", "nutella", "spread", "pâte à tartiner", "beurre de cacahuète", "tahini",
        "almond butter", "crème de marrons", "chestnut spread",
    ),
    Category.CHOCOLATE: (
        "chocolate", "chocolat", "cocoa", "cacao", "praline", "milk chocolate", "chocolat au lait",
        "chocolate egg", "œuf en chocolat", "œuf de pâques",
    ),
    Category.SWEETS: (
        "candy", "sweets", "gum", "bonbon", "chewing gum", "caramel", "marshmallow", "wine gum",
        "pâte d’amande", "pâte de fruits", "marron glacé", "fruit glacé",
    ),
    Category.SNACKS: (
        "crisps", "chips", "cracker", "biscuit", "cookie", "popcorn", "pretzel", "bretzel",
        "gâteau apéritif", "cereal bar", "barre de céréales", "biscotte", "galette de riz", "rice cake",
        "prawn cracker", "cream cracker", "prawn crisps", "bacon crisps",
    ),
    Category.NUTS: (
        "nut", "almond", "peanut", "cashew", "walnut", "hazelnut", "pistachio", "noix", "amande",
        "cacahuète", "noisette", "pistache", "noix de cajou", "seed", "graine", "raisin sec",
        "dried fruit", "fruit sec",
    ),
    Category.BABY_FOOD: (
        "baby food", "baby milk", "infant formula", "petit pot", "lait infantile", "lait bébé",
    ),
    Category.PET_FOOD: (
        "pet food", "cat food", "dog food", "cat litter", "croquettes", "pâtée", "litière", "kibble",
    ),
    Category.HOUSEHOLD: (
        "detergent", "dishwasher", "washing powder", "bin bag", "foil", "cling film", "kitchen roll",
        "sponge", "cleaner", "bleach", "battery", "light bulb", "candle", "lessive", "liquide vaisselle",
        "sac poubelle", "papier aluminium", "film alimentaire", "essuie tout", "éponge", "nettoyant",
        "javel", "pile", "ampoule", "bougie", "adoucissant", "washing up liquid", "fabric softener",
        "papier cuisson", "baking paper", "eau de javel", "lave vaisselle", "kitchen towel", "sopalin",
    ),
    Category.HYGIENE: (
        "toilet paper", "shampoo", "soap", "toothpaste", "toothbrush", "deodorant", "nappy", "diaper",
        "tissue", "shower gel", "razor", "papier toilette", "shampooing", "savon", "dentifrice",
        "brosse à dents", "déodorant", "couche", "mouchoir", "gel douche", "rasoir", "coton",
        "sunscreen", "crème solaire", "crème hydratante", "hand cream", "face cream", "body milk",
        "body lotion", "lait corporel", "lait démaquillant", "shaving cream", "mousse à raser",
        "body butter", "eau micellaire", "huile de massage", "baby wipe", "lingette",
    ),
}  # fmt: skip
"""What each kind of thing is called. Of all words that a name has, the longest tells."""
