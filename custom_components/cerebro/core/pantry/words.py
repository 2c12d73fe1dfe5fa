"""The words by which a name tells what kind of thing it is, in English and in French."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from .categories import Category
from .clean import fold

type Words = tuple[str, ...]

WORDS: Final[Mapping[Category, Words]] = {
    Category.MILK: ("milk", "lait", "buttermilk", "babeurre", "kefir", "lait ribot"),
    Category.CREAM: ("cream", "crème", "crème fraîche", "chantilly", "sour cream"),
    Category.YOGURT: (
        "yogurt", "yoghurt", "yaourt", "skyr", "fromage blanc", "petit suisse", "faisselle",
        "crème dessert", "rice pudding", "riz au lait", "quark",
    ),
    Category.BUTTER: ("butter", "beurre", "margarine", "ghee"),
    Category.SOFT_CHEESE: (
        "soft cheese", "cream cheese", "goat cheese", "camembert", "brie", "mozzarella", "ricotta",
        "feta", "mascarpone", "cottage cheese", "chèvre", "fromage frais", "fromage de chèvre",
        "roquefort", "burrata", "saint nectaire", "reblochon", "munster",
    ),
    Category.HARD_CHEESE: (
        "cheese", "fromage", "cheddar", "gruyère", "emmental", "comté", "parmesan", "gouda", "cantal",
        "raclette", "pecorino", "beaufort", "halloumi",
    ),
    Category.EGGS: ("egg", "œuf"),
    Category.MEAT: (
        "beef", "pork", "lamb", "veal", "steak", "roast", "chop", "meat", "bœuf", "porc", "agneau",
        "veau", "rôti", "côtelette", "entrecôte", "viande", "bavette", "rumsteck",
    ),
    Category.MINCED_MEAT: (
        "minced meat", "mince", "ground beef", "ground meat", "burger", "haché", "viande hachée",
        "steak haché", "meatball", "boulette",
    ),
    Category.POULTRY: (
        "chicken", "turkey", "duck", "poultry", "poulet", "dinde", "canard", "volaille", "pintade",
    ),
    Category.COLD_CUTS: (
        "ham", "jambon", "salami", "prosciutto", "cold cuts", "terrine", "rillettes", "mortadella",
        "mortadelle", "coppa", "bacon", "lardon", "charcuterie", "pastrami", "blanc de dinde",
    ),
    Category.SAUSAGES: (
        "sausage", "saucisse", "chorizo", "saucisson", "merguez", "frankfurter", "hot dog", "chipolata",
        "boudin", "knack",
    ),
    Category.FISH: (
        "fish", "salmon", "tuna", "cod", "trout", "poisson", "saumon", "thon", "cabillaud", "truite",
        "colin", "sole", "mackerel", "maquereau", "haddock", "sea bass",
    ),
    Category.SMOKED_FISH: (
        "smoked salmon", "smoked fish", "smoked trout", "saumon fumé", "poisson fumé", "truite fumée",
        "hareng fumé",
    ),
    Category.SHELLFISH: (
        "shrimp", "prawn", "mussel", "oyster", "crab", "lobster", "scallop", "crevette", "moule",
        "huître", "crabe", "homard", "saint jacques", "surimi",
    ),
    Category.TOFU: ("tofu", "tempeh", "seitan"),
    Category.PLANT_MILK: (
        "oat milk", "soy milk", "soya milk", "almond milk", "coconut milk", "rice milk", "oat drink",
        "lait d’avoine", "lait de soja", "lait d’amande", "lait de coco", "lait de riz",
        "boisson végétale", "boisson avoine", "boisson soja",
    ),
    Category.BREAD: (
        "bread", "baguette", "toast", "bun", "bagel", "tortilla", "wrap", "pita", "pain", "brioche",
        "pain de mie", "naan",
    ),
    Category.PASTRY: (
        "croissant", "cake", "pastry", "muffin", "gâteau", "pain au chocolat", "viennoiserie", "tarte",
        "pie", "donut", "éclair", "madeleine",
    ),
    Category.DOUGH: ("dough", "pâte feuilletée", "pâte brisée", "pâte à pizza", "pizza dough", "puff pastry"),
    Category.FRUIT: (
        "apple", "pear", "banana", "orange", "lemon", "lime", "grape", "peach", "apricot", "plum",
        "melon", "kiwi", "mango", "pineapple", "avocado", "pomme", "poire", "banane", "citron", "raisin",
        "pêche", "abricot", "prune", "mangue", "ananas", "avocat", "clémentine", "mandarine", "fruit",
        "pomelo", "nectarine", "cherry", "cerise", "watermelon", "pastèque",
    ),
    Category.BERRIES: (
        "berry", "strawberry", "raspberry", "blueberry", "blackberry", "fraise", "framboise", "myrtille",
        "mûre", "groseille",
    ),
    Category.LEAFY_GREENS: (
        "salad", "lettuce", "spinach", "rocket", "kale", "salade", "laitue", "épinard", "roquette",
        "mâche", "chard", "blette", "endive",
    ),
    Category.VEGETABLES: (
        "vegetable", "tomato", "cucumber", "pepper", "zucchini", "courgette", "eggplant", "aubergine",
        "broccoli", "cauliflower", "cabbage", "leek", "asparagus", "celery", "fennel", "légume", "tomate",
        "concombre", "poivron", "brocoli", "chou", "chou fleur", "poireau", "asperge", "céleri",
        "fenouil", "haricot vert", "green bean", "artichaut", "artichoke",
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
        "ready meal", "pizza", "lasagna", "lasagne", "sandwich", "sushi", "plat préparé", "quiche",
        "hummus", "houmous", "gratin", "tarama", "taboulé",
    ),
    Category.LEFTOVERS: ("leftover", "restes"),
    Category.SOUP: ("soup", "soupe", "velouté", "gazpacho", "potage"),
    Category.FROZEN_VEGETABLES: (
        "frozen vegetable", "frozen pea", "frozen spinach", "frozen berry", "frozen bean",
        "légume surgelé", "petit pois surgelé", "épinard surgelé", "french fries", "frites",
    ),
    Category.FROZEN_MEALS: (
        "frozen meal", "frozen pizza", "fish finger", "pizza surgelée", "plat surgelé", "poisson pané",
        "surgelé",
    ),
    Category.ICE_CREAM: ("ice cream", "glace", "crème glacée", "sorbet", "popsicle"),
    Category.JUICE: ("juice", "jus", "nectar", "smoothie"),
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
        "pasta", "spaghetti", "noodle", "macaroni", "penne", "fusilli", "pâtes", "tagliatelle", "nouille",
        "coquillette", "gnocchi", "ravioli", "vermicelle",
    ),
    Category.RICE: (
        "rice", "riz", "risotto", "couscous", "semoule", "quinoa", "bulgur", "boulgour", "polenta",
    ),
    Category.FLOUR: (
        "flour", "farine", "yeast", "levure", "baking powder", "starch", "maïzena", "breadcrumb",
        "chapelure",
    ),
    Category.SUGAR: ("sugar", "sucre", "sweetener", "édulcorant", "sucre vanillé"),
    Category.CEREALS: (
        "cereal", "muesli", "granola", "oat", "cornflakes", "céréale", "avoine", "flocon d’avoine",
        "porridge",
    ),
    Category.PULSES: (
        "lentil", "chickpea", "bean", "split pea", "lentille", "pois chiche", "haricot", "pois cassé",
        "fève",
    ),
    Category.CANNED: (
        "canned", "tin of", "tinned", "conserve", "en boîte", "canned tomato", "canned tuna",
        "thon en boîte", "pickle", "cornichon", "olive", "corn", "maïs", "sardine",
    ),
    Category.SAUCES: (
        "sauce", "pesto", "tomato sauce", "sauce tomate", "gravy", "soy sauce", "sauce soja", "bouillon",
        "stock cube", "passata", "coulis",
    ),
    Category.CONDIMENTS: (
        "ketchup", "mustard", "mayonnaise", "moutarde", "mayo", "relish", "tabasco", "dressing",
        "vinaigrette", "caper", "câpre",
    ),
    Category.OIL: ("oil", "huile", "olive oil", "huile d’olive"),
    Category.VINEGAR: ("vinegar", "vinaigre"),
    Category.SPICES: (
        "salt", "black pepper", "spice", "curry", "cinnamon", "paprika", "sel", "poivre", "épice",
        "cannelle", "cumin", "nutmeg", "muscade", "oregano", "origan", "thym", "thyme", "vanilla",
        "vanille",
    ),
    Category.JAM: ("jam", "marmalade", "confiture", "compote", "applesauce", "jelly", "gelée"),
    Category.HONEY: ("honey", "miel", "maple syrup", "sirop d’érable"),
    Category.SPREADS: (
        "peanut butter", "nutella", "spread", "pâte à tartiner", "beurre de cacahuète", "tahini",
        "almond butter",
    ),
    Category.CHOCOLATE: (
        "chocolate", "chocolat", "cocoa", "cacao", "praline", "milk chocolate", "chocolat au lait",
    ),
    Category.SWEETS: ("candy", "sweets", "gum", "bonbon", "chewing gum", "caramel", "marshmallow"),
    Category.SNACKS: (
        "crisps", "chips", "cracker", "biscuit", "cookie", "popcorn", "pretzel", "bretzel",
        "gâteau apéritif", "cereal bar", "barre de céréales", "biscotte", "galette de riz", "rice cake",
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
        "papier cuisson", "baking paper",
    ),
    Category.HYGIENE: (
        "toilet paper", "shampoo", "soap", "toothpaste", "toothbrush", "deodorant", "nappy", "diaper",
        "tissue", "shower gel", "razor", "papier toilette", "shampooing", "savon", "dentifrice",
        "brosse à dents", "déodorant", "couche", "mouchoir", "gel douche", "rasoir", "coton", "sunscreen",
        "crème solaire",
    ),
}  # fmt: skip
"""What each kind of thing is called. Of all words that a name has, the longest tells."""

FLAVOURS: Final = frozenset(
    {
        Category.BERRIES,
        Category.BUTTER,
        Category.CHOCOLATE,
        Category.COFFEE,
        Category.FISH,
        Category.FRUIT,
        Category.HERBS,
        Category.HONEY,
        Category.LEAFY_GREENS,
        Category.MEAT,
        Category.MUSHROOMS,
        Category.NUTS,
        Category.POULTRY,
        Category.ROOT_VEGETABLES,
        Category.SPICES,
        Category.VEGETABLES,
    }
)
"""What other things taste of."""
_KINDS: Final[Mapping[str, Category]] = {fold(word): kind for kind, words in WORDS.items() for word in words}
_MOST_WORDS: Final = max(len(word.split()) for word in _KINDS)


def category_of(name: str) -> Category | None:
    """Return what kind of thing a name tells of; nothing when it has none of the words.

    A longer word tells more than the shorter ones in it ("peanut butter"), and what others taste of tells
    less than they do ("strawberry yogurt", "soupe de tomates"). Of several that remain, it is the first.
    """
    kinds = list(_kinds(fold(name).split()))
    return next((kind for kind in kinds if kind not in FLAVOURS), kinds[0] if kinds else None)


def _kinds(words: list[str]) -> Iterator[Category]:
    """Return the kinds of the longest known words in some folded words, in their order."""
    start = 0
    while start < len(words):
        for length in range(min(_MOST_WORDS, len(words) - start), 0, -1):
            kind = _KINDS.get(" ".join(words[start : start + length]))
            if kind is not None:
                yield kind
                start += length
                break
        else:
            start += 1
