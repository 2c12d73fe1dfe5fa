"""What each entity is for, guessed in homes as people name them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.roles import (
    HOME_ROLES,
    PERSONAL_ROLES,
    ROLES,
    SURE,
    EntityFacts,
    Guess,
    Role,
    guess,
    likely,
)
from custom_components.cerebro.core.roles.words import first_word, folded


def entity(entity_id: str, name: str = "", **facts: object) -> EntityFacts:
    """Return an entity of which only what is given is known."""
    blank = EntityFacts(
        ref=entity_id, entity_id=entity_id, domain=entity_id.split(".", maxsplit=1)[0], name=name
    )
    return replace(blank, **facts)  # type: ignore[arg-type]


def best(role: Role, *facts: EntityFacts) -> Guess | None:
    """Return the guess that would be proposed first."""
    return next(iter(likely(role, guess(facts)[role])), None)


def proposed(role: Role, *facts: EntityFacts) -> list[str]:
    return [one.entity_id for one in likely(role, guess(facts)[role])]


ENGLISH = (
    entity("switch.plug_3", "Coffee maker", area_name="Kitchen", device_id="plug"),
    entity("sensor.plug_3_power", "Power", device_class="power", unit="W", device_id="plug"),
    entity("binary_sensor.plug_3_problem", "Water empty", device_class="problem", device_id="plug"),
    entity("switch.kettle", "Kettle", area_name="Kitchen"),
    entity("sensor.kettle_power", "Kettle power", device_class="power", unit="W", area_name="Kitchen"),
    entity("valve.shower", "Shower", device_class="water", area_name="Bathroom", device_id="shower"),
    entity("sensor.shower_temp", "Temperature", device_class="temperature", device_id="shower"),
    entity("valve.garden", "Garden valve", device_class="water", area_name="Garden"),
    entity("sensor.bathroom_humidity", "Humidity", device_class="humidity", area_name="Bathroom"),
    entity("sensor.garden_humidity", "Garden humidity", device_class="humidity"),
    entity("light.ceiling", "Ceiling", area_name="Bedroom"),
    entity("light.kids", "Kids bedroom", area_name="Kids bedroom"),
    entity("light.spots", "Spots", area_name="Kitchen"),
    entity("binary_sensor.pir_1", "Motion", device_class="motion", area_name="Kitchen"),
    entity("binary_sensor.pir_2", "Motion", device_class="occupancy", area_name="Bathroom"),
    entity("binary_sensor.pir_3", "Motion", device_class="motion", area_name="Hallway"),
    entity("binary_sensor.front", "Front door", device_class="door"),
    entity("binary_sensor.fridge", "Fridge door", device_class="door", area_name="Kitchen"),
    entity("binary_sensor.bed", "Bed occupied", device_class="occupancy", area_name="Bedroom"),
    entity("binary_sensor.leak", "Leak", device_class="moisture", area_name="Cellar"),
    entity("binary_sensor.smoke", "Smoke", device_class="smoke", area_name="Hallway"),
    entity("climate.living", "Heating", area_name="Living room"),
    entity("tts.piper", "Piper"),
    entity("binary_sensor.workday", "Workday", platform="workday"),
)
FRENCH = (
    entity("switch.prise_3", "Machine à café", area_name="Cuisine", device_id="prise"),
    entity("sensor.prise_3_puissance", "Puissance", device_class="power", unit="W", device_id="prise"),
    entity("switch.bouilloire", "Bouilloire", area_name="Cuisine"),
    entity("valve.douche", "Douche", device_class="water", area_name="Salle de bains"),
    entity("valve.jardin", "Vanne du jardin", device_class="water", area_name="Jardin"),
    entity("sensor.sdb_humidite", "Humidité", device_class="humidity", area_name="Salle de bain"),
    entity("light.plafond", "Plafonnier", area_name="Chambre"),
    entity("light.enfants", "Chambre des enfants", area_name="Chambre des enfants"),
    entity("binary_sensor.mvt_1", "Mouvement", device_class="motion", area_name="Cuisine"),
    entity("binary_sensor.mvt_3", "Mouvement", device_class="motion", area_name="Couloir"),
    entity("binary_sensor.porte", "Porte d'entrée", device_class="door"),
    entity("binary_sensor.frigo", "Porte du frigo", device_class="door", area_name="Entrée"),
    entity("binary_sensor.lit", "Lit occupé", device_class="occupancy", area_name="Chambre"),
    entity("climate.salon", "Chauffage", area_name="Salon"),
)


@pytest.mark.parametrize(
    ("home", "role", "expected"),
    [
        (ENGLISH, Role.COFFEE_MACHINE, ["switch.plug_3"]),
        (ENGLISH, Role.COFFEE_POWER, ["sensor.plug_3_power"]),
        (ENGLISH, Role.COFFEE_FAULT, ["binary_sensor.plug_3_problem"]),
        (ENGLISH, Role.SHOWER, ["valve.shower"]),
        (ENGLISH, Role.SHOWER_TEMPERATURE, ["sensor.shower_temp"]),
        (ENGLISH, Role.BATHROOM_HUMIDITY, ["sensor.bathroom_humidity"]),
        (ENGLISH, Role.BEDROOM_LIGHT, ["light.ceiling"]),
        (ENGLISH, Role.KITCHEN_LIGHT, ["light.spots"]),
        (ENGLISH, Role.KITCHEN_MOTION, ["binary_sensor.pir_1"]),
        (ENGLISH, Role.BATHROOM_MOTION, ["binary_sensor.pir_2"]),
        (ENGLISH, Role.HALL_MOTION, ["binary_sensor.pir_3"]),
        (ENGLISH, Role.BEDROOM_MOTION, []),
        (ENGLISH, Role.FRONT_DOOR, ["binary_sensor.front"]),
        (ENGLISH, Role.BED, ["binary_sensor.bed"]),
        (ENGLISH, Role.LEAK, ["binary_sensor.leak"]),
        (ENGLISH, Role.SMOKE, ["binary_sensor.smoke"]),
        (ENGLISH, Role.THERMOSTAT, ["climate.living"]),
        (ENGLISH, Role.TTS, ["tts.piper"]),
        (ENGLISH, Role.WORKDAY, ["binary_sensor.workday"]),
        (FRENCH, Role.COFFEE_MACHINE, ["switch.prise_3"]),
        (FRENCH, Role.COFFEE_POWER, ["sensor.prise_3_puissance"]),
        (FRENCH, Role.SHOWER, ["valve.douche"]),
        (FRENCH, Role.BATHROOM_HUMIDITY, ["sensor.sdb_humidite"]),
        (FRENCH, Role.BEDROOM_LIGHT, ["light.plafond"]),
        (FRENCH, Role.KITCHEN_MOTION, ["binary_sensor.mvt_1"]),
        (FRENCH, Role.HALL_MOTION, ["binary_sensor.mvt_3"]),
        (FRENCH, Role.FRONT_DOOR, ["binary_sensor.porte"]),
        (FRENCH, Role.BED, ["binary_sensor.lit"]),
        (FRENCH, Role.THERMOSTAT, ["climate.salon"]),
    ],
)
def test_a_home_is_read_as_its_people_name_it(
    home: tuple[EntityFacts, ...], role: Role, expected: list[str]
) -> None:
    assert proposed(role, *home) == expected


@pytest.mark.parametrize(
    ("role", "near_miss"),
    [
        (Role.SHOWER, entity("valve.garden", "Garden shower", device_class="water")),
        (Role.SHOWER, entity("switch.shower_fan", "Shower fan")),
        (Role.SHOWER, entity("switch.douche_lampe", "Lampe de la douche")),
        (Role.SHOWER, entity("valve.gas", "Shower", device_class="gas")),
        (Role.COFFEE_MACHINE, entity("switch.kettle", "Kettle", area_name="Kitchen")),
        (Role.COFFEE_MACHINE, entity("switch.table", "Coffee table lamp")),
        (Role.COFFEE_MACHINE, entity("switch.lock", "Coffee machine child lock")),
        (Role.COFFEE_MACHINE, entity("switch.config", "Coffee machine eco mode", category="config")),
        (Role.COFFEE_MACHINE, entity("switch.hidden", "Coffee machine", hidden=True)),
        (Role.COFFEE_MACHINE, entity("switch.gone", "Coffee machine", disabled=True)),
        (Role.COFFEE_POWER, entity("sensor.coffee", "Coffee energy", device_class="energy", unit="kWh")),
        (Role.COFFEE_POWER, entity("sensor.coffee", "Coffee count", unit="cups")),
        (Role.SPEAKER, entity("media_player.tv", "Living room", supported_features=1)),
        (Role.SPEAKER, entity("media_player.tv", "Living room", supported_features=512, device_class="tv")),
        (Role.WORKDAY, entity("binary_sensor.workday", "Workday", platform="template")),
        (Role.FRONT_DOOR, entity("binary_sensor.g", "Garage entrance", device_class="door")),
        (Role.FRONT_DOOR, entity("binary_sensor.f", "Freezer door", device_class="door", area_name="Hall")),
        (Role.KITCHEN_MOTION, entity("binary_sensor.k", "Kitchen", device_class="window")),
    ],
)
def test_what_only_looks_like_it_is_not_proposed(role: Role, near_miss: EntityFacts) -> None:
    assert proposed(role, near_miss) == []


def test_a_sensor_without_a_device_class_is_known_by_its_unit() -> None:
    assert proposed(Role.COFFEE_POWER, entity("sensor.coffee", "Coffee", unit="W")) == ["sensor.coffee"]


def test_the_name_is_the_reason_and_what_is_measured_is_said() -> None:
    machine = best(Role.COFFEE_MACHINE, *ENGLISH)
    assert machine is not None
    assert (machine.reason.key, dict(machine.reason.values)) == ("role_name", {"word": "coffee maker"})
    motion = best(Role.KITCHEN_MOTION, *ENGLISH)
    assert motion is not None
    assert (motion.reason.key, dict(motion.reason.values)) == (
        "role_area_measure",
        {"area": "Kitchen", "measure": "measured_motion"},
    )
    power = best(Role.COFFEE_POWER, *ENGLISH)
    assert power is not None
    assert power.reason.key == "role_device"
    leak = best(Role.LEAK, *ENGLISH)
    assert leak is not None
    assert (leak.reason.key, dict(leak.reason.values)) == ("role_kind", {"measure": "measured_moisture"})
    assert entity("climate.one").measure == "measured_climate"


def test_the_only_one_of_its_kind_is_taken_for_it_and_says_so() -> None:
    only = best(Role.THERMOSTAT, entity("climate.one", "Upstairs"))
    assert only is not None
    assert only.reason.key == "role_sole"
    two = (entity("climate.one", "Upstairs"), entity("climate.two", "Cellar"))
    assert proposed(Role.THERMOSTAT, *two) == []


def test_a_name_says_more_than_a_devices_and_that_more_than_an_id() -> None:
    named, device, by_id = (
        best(Role.COFFEE_MACHINE, one)
        for one in (
            entity("switch.a", "Coffee"),
            entity("switch.b", "Switch", device_name="Coffee"),
            entity("switch.coffee", "Switch"),
        )
    )
    assert named is not None
    assert device is not None
    assert by_id is not None
    assert named.confidence > device.confidence > by_id.confidence >= SURE


def test_a_room_in_the_name_or_the_id_counts_too() -> None:
    named = best(Role.KITCHEN_LIGHT, entity("light.a", "Kitchen ceiling"))
    by_id = guess([entity("light.kitchen_ceiling", "Ceiling")])[Role.KITCHEN_LIGHT][0]
    assert named is not None
    assert named.confidence > by_id.confidence
    assert by_id.reason.values["word"] == "kitchen"


def test_the_speaker_by_the_bed_comes_before_the_one_in_the_living_room() -> None:
    speakers = (
        entity("media_player.a", "Speaker", area_name="Living room", supported_features=512),
        entity("media_player.b", "Speaker", area_name="Bedroom", supported_features=512),
    )
    assert proposed(Role.SPEAKER, *speakers)[0] == "media_player.b"


def test_the_users_own_label_is_worth_more_than_anything() -> None:
    labelled = entity("switch.kettle", "Kettle", hidden=True, labels=("Cerebro coffee machine",))
    found = best(Role.COFFEE_MACHINE, labelled, *ENGLISH)
    assert found is not None
    assert (found.entity_id, found.confidence, found.reason.key) == ("switch.kettle", 1.0, "role_label")
    assert proposed(Role.COFFEE_MACHINE, replace(labelled, disabled=True)) == []


def test_an_alias_is_a_name() -> None:
    assert proposed(Role.COFFEE_MACHINE, entity("switch.a", "Plug", aliases=("Cafetière",))) == ["switch.a"]


def test_every_role_is_somebodys() -> None:
    assert set(HOME_ROLES) | set(PERSONAL_ROLES) == set(Role) == set(ROLES)
    assert not set(HOME_ROLES) & set(PERSONAL_ROLES)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Machine à Café", " machine a cafe "), ("porte-d’entrée_2", " porte d entree 2 "), ("", "  ")],
)
def test_accents_and_signs_do_not_matter(text: str, plain: str) -> None:
    assert folded(text).split() == plain.split()


def test_a_word_is_whole() -> None:
    assert first_word(("bed",), "Bedroom") is None
    assert first_word(("lit",), "Salle polit", "Le lit") == "lit"


names = st.sampled_from(["Coffee", "Douche", "Kitchen motion", "Lit", "Plug", "Sonde", "Jardin", "Enceinte"])
entities = st.builds(
    lambda domain, number, name, area, cls, features: entity(
        f"{domain}.{number}", name, area_name=area, device_class=cls, supported_features=features
    ),
    st.sampled_from(["switch", "valve", "sensor", "binary_sensor", "light", "media_player", "climate"]),
    st.integers(0, 99),
    names,
    st.sampled_from(["", "Kitchen", "Chambre", "Garden"]),
    st.none() | st.sampled_from(["motion", "power", "humidity", "water", "moisture"]),
    st.sampled_from([0, 512]),
)


@settings(max_examples=100, deadline=None)
@given(home=st.lists(entities, max_size=12, unique_by=lambda one: one.entity_id))
def test_guesses_are_sorted_and_never_as_sure_as_the_user(home: list[EntityFacts]) -> None:
    for role, guesses in guess(home).items():
        assert [one.confidence for one in guesses] == sorted(
            (one.confidence for one in guesses), reverse=True
        )
        assert all(0 < one.confidence < 1 for one in guesses)
        chosen = likely(role, guesses)
        assert all(one.confidence >= SURE for one in chosen)
        assert ROLES[role].many or len(chosen) <= 1
