"""Grammar that words, their readings and the whole article show: clauses, persons, articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtaudit.annotate import annotate
from mtaudit.model import Article
from mtaudit.pipeline import load_resources
from mtaudit.rulebook import Rulebook, load_rulebook, packaged_rules
from mtaudit.scan import Scanner

OWN = (
    "verb-after-preposition",
    "infinitive-for-verb",
    "participle-for-infinitive",
    "verb-collision",
    "indicative-for-subjunctive",
    "if-will",
    "lost-que",
    "pronoun-verb",
    "when-present",
    "determiner-word",
    "adjective-ahead",
    "adjective-behind",
    "lequel-agreement",
    "apposed-gender",
    "feminine-title",
    "masculine-title",
    "bare-subject",
    "bare-country",
    "bare-acronym",
    "finite-after-auxiliary",
    "attributed-plural",
    "attributed-singular",
    "told-them-that",
    "considered-without-comme",
    "obey-without-a",
)


@pytest.fixture(scope="module")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Scanner:
    folder: Path = tmp_path_factory.mktemp("rules") / "grammar"
    folder.mkdir()
    for path in (packaged_rules() / "grammar").glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    book: Rulebook = load_rulebook([folder.parent])
    return Scanner(book.select([f"grammar/{name}" for name in OWN]), load_resources(), "fr")


def found(scanner: Scanner, text: str, source: str | None = None) -> list[tuple[str, str]]:
    """What is flagged, with the first suggestion."""
    annotated = annotate(Article(id="a", text=text, source=source))
    return [
        (text[each.start : each.end], each.suggestions[0] if each.suggestions else "")
        for each in scanner.scan(annotated)
    ]


@pytest.mark.parametrize(
    ("text", "flagged", "suggestion"),
    [
        ("Le maire veut une loi pour punit les fraudes.", "punit", "punir"),
        ("La banque n'a pas admettre la faute.", "admettre", "admis"),
        ("Il pousse la mairie a vendre le port.", "vendre", ""),
        ("Avant que la salle a reçu les valises, il est parti.", "a", "ait"),
        ("Les élus refusent à moins que la ville promet un port.", "promet", "promette"),
        ("Si le club vendrait ses joueurs, il serait sauvé.", "vendrait", "vendait"),
        ("Ils m'a mis dans une cellule.", "a", "ont"),
        ("Les clients que M. Martin reçoivent attendent.", "reçoivent", "reçoit"),
        ("Il a fini par utiliser les pierre du jardin.", "les pierre", "les pierres"),
        ("Les derniers semaines ont été dures.", "derniers", "dernières"),
        ("Les élus ont vendu trois voitures neuf à la ville.", "", ""),
        ("Une photo de Brigitte Martin, né à Lille, est là.", "", ""),
        ("Brigitte Martin, né à Lille, chante.", "né", "née"),
        ("Laurent Martin, directrice de la banque, est parti.", "directrice", "directeur"),
        ("Migrants ont quitté le camp.", "Migrants", "Les migrants"),
        ("Il a vécu en Brésil.", "en Brésil", "au Brésil"),
        ("Le match avec Italie est annulé.", "Italie", "l'Italie"),
        ("On dit que Russie a signé.", "Russie", "la Russie"),
    ],
)
def test_faults_and_their_mending(
    scanner: Scanner, text: str, flagged: str, suggestion: str
) -> None:
    assert found(scanner, text) == ([(flagged, suggestion)] if flagged else [])


@pytest.mark.parametrize(
    "text",
    [
        "Tout ce que le maire a dit est vrai.",
        "Dois-je partir ou rester ?",
        "A cela s'ajoutent des frais de transport.",
        "Un accident sur quatre blesse des piétons.",
        "Précautions sanitaires obligent, la salle reste fermée.",
        "Il a tenu son rang aux première et deuxième courses.",
        "Le maire sait bien que la ville a perdu.",
        "Elle ne voulait qu'un enfant, car elle en était un.",
        "Même si la ville vendrait bien le port, rien ne presse.",
        "Il les pierre, dit-on, tous les jours.",
        "La directrice du lycée Laurent Martin est partie.",
        "Brigitte Martin, le président russe Laurent Roy et le maire sont venus.",
        "La Banque Martin, basée à Lille, a fermé.",
        "Mme Martin et M. Roy sont venus.",
        "France Inter a parlé de la grève.",
        "La France, l'Italie et l'Espagne ont signé.",
        "Allemagne, Italie et Espagne ont signé.",
        "Les élus qui ont résisté à la pression sont partis.",
        "Lorsque le train arrive, les élus parlent.",
    ],
)
def test_right_french_stays(scanner: Scanner, text: str) -> None:
    assert found(scanner, text) == []


def test_the_article_tells_a_persons_gender(scanner: Scanner) -> None:
    title = "La grève continue, dit Okonkwo, directeur de la poste."
    assert found(scanner, title) == []
    assert found(scanner, f"Mme Okonkwo a parlé.\n{title}") == [("directeur", "directrice")]
    # Where two persons bear the name, nothing is known.
    both = f"Mme Okonkwo a parlé.\nM. Okonkwo a parlé.\n{title}"
    assert found(scanner, both) == []


def test_the_source_proves_a_persons_gender(scanner: Scanner) -> None:
    text = "La grève continue, dit Okonkwo, directeur de la poste."
    annotated = annotate(
        Article(id="a", text=text, source="The strike goes on, says Mrs Okonkwo, director.")
    )
    (finding,) = scanner.scan(annotated)
    assert text[finding.start : finding.end] == "directeur"
    assert finding.source_text == "Mrs Okonkwo"


def test_an_acronym_needs_its_article_only_where_the_text_shows_it(scanner: Scanner) -> None:
    assert found(scanner, "Le président de SFR est parti.") == []
    text = "Le président d'ODS est parti.\nL'ODS a perdu. On parle de l'ODS."
    assert [flagged for flagged, _ in found(scanner, text)] == ["d'ODS"]
