"""An invented newspaper: any number of stories that share no paragraph, and the lines that it puts around them."""

from random import Random

from cleantext.sites.learn import learn
from cleantext.sites.observe import SiteDocument
from cleantext.sites.pack import Site

SYLLABLES = "ba do ke li mu na po ra se ti vo wu xa ya ze fo gri plo sku tra".split()
TOWNS = "Skarv Yttervik Molde Grimsund Holm Tangen Eide Rossvik Vardal Lund Osen Brekke".split()

INSERT = "The harbour almanac is printed each spring and lies in every shop of the island, beside the till."
METER = "You've read 3 of 5 free articles this month."
SIGN_OFF = "Our desk answers letters until {} o'clock, whoever writes them, and sends back the stamps."


def story(number: int, paragraphs: int = 6) -> list[str]:
    """The paragraphs of a story; another number is another story."""
    random = Random(f"story {number}")  # it only invents words
    words = ["".join(random.choices(SYLLABLES, k=random.randint(2, 4))) for _ in range(90)]
    town = random.choice(TOWNS)
    return [f"In {town} {' '.join(random.choices(words, k=random.randint(18, 40)))}." for _ in range(paragraphs)]


def documents(lists: list[list[str]], site: str = "courier") -> list[SiteDocument]:
    """Texts of these paragraphs."""
    return [SiteDocument(site, "\n\n".join(paragraphs)) for paragraphs in lists]


def learn_one(lists: list[list[str]]) -> Site:
    """What is learned from them."""
    (site,) = learn(documents(lists))
    return site


def lines(site: Site) -> list[str]:
    """The first example of each template."""
    return [template.examples[0] for template in site.templates]
