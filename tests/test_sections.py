"""The parts of an article: kinds by case, offsets by property, false furniture by real text."""

from __future__ import annotations

import json
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtaudit.sections import sections

BODY = "Le port de la ville a rouvert lundi matin, après trois jours de tempête."
LONG = (
    "Les bateaux de pêche sont sortis dès l'aube, et les premiers sont rentrés à midi avec des "
    "caisses pleines, ce que personne ici n'avait vu depuis le début de l'hiver."
)
CUT = (
    "La mairie voulait vendre la halle depuis dix ans, mais aucun acheteur ne s'était présenté "
    "avant cette semaine, quand une coopérative de maraîchers a..."
)


def kinds(text: str, markup: str = "plain") -> list[str]:
    return [section.kind for section in sections(text, markup)]


def alone(line: str) -> str:
    """The kind of a line between paragraphs."""
    return kinds(f"{BODY}\n{LONG}\n\n{line}\n\n{LONG}\n{BODY}")[2]


@pytest.mark.parametrize(
    "line",
    [
        "Read more",
        "News Image",
        "Other Articles in World",
        "Other articles",
        "Share this",
        "Share on WhatsApp",
        "Advertisement",
        "Lire la suite",
        "Lire la suite…",
        "Lire la suite sur Le Courrier",
        "Partager",
        "PARTAGER CET ARTICLE",
        "Partagez l’article",
        "Newsletter",
        "Abonnez-vous à notre newsletter",
        "© 2024 La Gazette du port",
        "Tous droits réservés",
        "Image source, Getty Images",
        "Source : AFP",
        "Nous utilisons des cookies pour mesurer l'audience du site.",
        "Par Anne Petit et Jean de La Tour",
        "Related topics",
        "Comments",
        "12 commentaires",
        "3 min de lecture",
        "Facebook",
        "Facebook | X | WhatsApp",
        "Suivez-nous sur Instagram",
        "https://exemple.fr/port",
        "<br/>",
        "* * *",
    ],
)
def test_furniture(line: str) -> None:
    assert alone(line) == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        "29/10/2024 11:12",
        "29 octobre 2024",
        "mardi 29 octobre 2024 à 11 h 12",
        "2024-10-29T11:12:00Z",
        "Publié le 29 octobre 2024 à 11h12, mis à jour le 30 octobre 2024",
        "Par Anne Petit, publié le 3 mars 2024",
        "Brest, le 3 mars 2024",
        "Published 3 hours ago",
        "Il y a 2 heures",
    ],
)
def test_dateline(line: str) -> None:
    assert alone(line) == "dateline"


@pytest.mark.parametrize(
    "line", ["Photo : le port au petit matin", "Légende : la halle", "Image caption, La digue"]
)
def test_caption(line: str) -> None:
    assert alone(line) == "caption"


@pytest.mark.parametrize(
    "line",
    [
        "Brest (AFP) - Le port a rouvert lundi matin.",
        "Le 3 mars 2024, le port a rouvert.",
        "Par ailleurs, la halle reste fermée.",
        "Comment faire ?",
        "Partager ne coûte rien aux pêcheurs.",
        "« Lisez plus et parlez moins », a dit la maire.",
        "Twitter a supprimé le compte du port.",
        "19h15.",
        "Le site utilise des capteurs, pas des cookies, a dit le directeur du port.",
        "- une caisse de soles",
        "Il a écrit :",
    ],
)
def test_body_stays_body(line: str) -> None:
    assert alone(line) == "body"


def test_headings_stand_between_paragraphs() -> None:
    assert alone("Une halle à vendre") == "heading"
    assert kinds(f"{BODY}\nUne halle à vendre\n{LONG}") == ["body", "heading", "body"]
    assert kinds(f"{BODY}\n- Prudence -\n{LONG}") == ["body", "heading", "body"]


def test_headline_needs_text_below_and_no_full_stop() -> None:
    assert kinds(f"Le port rouvre\n\n{BODY}") == ["headline", "body"]
    assert kinds(f"Le port rouvre\n{BODY}\n{LONG}") == ["headline", "body", "body"]
    assert kinds(f"Le port va-t-il rouvrir ?\n\n{BODY}") == ["headline", "body"]
    assert kinds(f"Le port a rouvert.\n\n{BODY}") == ["body", "body"]
    assert kinds(f"Que fait le port ?\n{BODY}") == ["body", "body"]
    assert kinds("Le port rouvre") == ["body"]
    assert kinds("Le port rouvre\n\nPartager") == ["body", "furniture"]


def test_headline_below_site_furniture_and_above_a_dateline() -> None:
    text = f"BBC News\nPartager\nLe port rouvre\n29/10/2024\n{BODY}\n{LONG}"
    assert kinds(text) == ["furniture", "furniture", "headline", "dateline", "body", "body"]


def test_lines_broken_at_a_width_are_body() -> None:
    text = (
        "Le port de la ville a rouvert lundi matin, après\n"
        "trois jours de tempête. Les pêcheurs de\n"
        "Brest sont sortis les premiers.\n"
        "\n"
        "Une halle à vendre\n"
        "\n"
        "La mairie veut vendre la halle, qui\n"
        "ne sert plus.\n"
    )
    assert kinds(text) == ["body", "body", "body", "heading", "body", "body"]


def test_lines_that_come_back_are_furniture_but_a_loop_is_not() -> None:
    text = "\n".join([BODY, "Le Fil du port", LONG, "Le Fil du port", BODY, "Le Fil du port", LONG])
    assert [k for k in kinds(text) if k != "body"] == ["furniture"] * 3
    assert "furniture" not in kinds(f"{BODY}\n" + "Le port du port\n" * 4 + LONG)


def test_teasers_after_a_list_heading() -> None:
    above = f"{BODY}\n\nOther Articles in World\n\nNews Image\n"
    text = f"{above}La halle est vendue\n\n{CUT}\n\nRead more"
    assert kinds(text) == [
        "body",
        "furniture",
        "furniture",
        "teaser-headline",
        "teaser",
        "furniture",
    ]


def test_teasers_without_a_heading_need_their_go_on_line_or_a_second_pair() -> None:
    pair = f"La halle est vendue\n\n{CUT}"
    assert kinds(f"{BODY}\n\n{pair}\n\nLire la suite") == [
        "body",
        "teaser-headline",
        "teaser",
        "furniture",
    ]
    assert kinds(f"{BODY}\n\n{pair}\n\n{pair}")[1:] == ["teaser-headline", "teaser"] * 2
    assert kinds(f"{BODY}\n\n{pair}\n\n{BODY}") == ["body", "heading", "body", "body"]


def test_a_link_to_one_article_does_not_swallow_the_rest() -> None:
    text = f"{BODY}\n\nÀ lire aussi\n\nLa halle est vendue\n\n{LONG}\n\n{BODY}"
    assert kinds(text) == ["body", "furniture", "teaser-headline", "body", "body"]
    assert alone("À lire aussi : la halle est vendue") == "teaser-headline"


def test_a_list_of_titles() -> None:
    text = f"{BODY}\n\nArticles connexes\nLa halle est vendue\nUn phare à louer : le prix"
    assert kinds(text) == ["body", "furniture", "teaser-headline", "teaser-headline"]


def test_markdown() -> None:
    text = (
        "---\ntitle: Le port\n---\n# Le port rouvre\n\n*29 octobre 2024*\n\n![La digue](d.jpg)\n\n"
        f"{BODY}\n\n## Une halle à vendre\n\n{LONG}\n\n```\nx = 1\n```\n\n[La suite](/p)\n\n"
        f"Un phare\n--------\n{BODY}\n"
    )
    assert kinds(text, "markdown") == [
        *["furniture"] * 3,
        *("headline", "dateline", "caption", "body", "heading", "body"),
        *["furniture"] * 4,
        *("heading", "furniture", "body"),
    ]


def test_an_unclosed_fence_hides_nothing() -> None:
    assert kinds(f"{BODY}\n\n```\n\n{LONG}", "markdown") == ["body", "furniture", "body"]
    assert kinds(f"---\n{BODY}\n\n{LONG}", "markdown") == ["furniture", "body", "body"]


LINES = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "Read more",
            "Other Articles",
            "Lire aussi",
            "La halle est vendue",
            "---",
            "```",
            "# La halle",
            "- La halle -",
            "29/10/2024",
            BODY,
            LONG,
            CUT,
        ]
    ),
    st.text(max_size=40),
)


@given(
    st.lists(LINES, max_size=25),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
    st.sampled_from(["plain", "markdown"]),
)
def test_sections_are_the_stripped_lines_in_order(
    lines: list[str], joint: str, markup: str
) -> None:
    text = joint.join(lines)
    found = sections(text, markup)
    wanted = [line.strip() for line in text.split("\n") if line.strip()]
    assert [text[section.start : section.end] for section in found] == wanted
    assert all(left.end < right.start for left, right in pairwise(found))
    assert all(0 <= section.start < section.end <= len(text) for section in found)


def test_seed_article(shared_data: Path) -> None:
    text = (shared_data / "seed" / "article.txt").read_text(encoding="utf-8")
    found = sections(text)
    by_kind = Counter(section.kind for section in found)
    assert found[0].kind == "headline"
    assert found[1].kind == "dateline"
    assert (by_kind["teaser-headline"], by_kind["teaser"]) == (10, 10)
    chrome = ("Other Articles in World", "News Image", "Read more")
    for section in found:
        is_chrome = text[section.start : section.end] in chrome
        assert (section.kind == "furniture") == is_chrome
    assert by_kind["heading"] == 0


def test_native_press_is_not_taken_for_furniture(shared_data: Path) -> None:
    """On 2,000 articles, whole sentences are body and next to nothing is furniture.

    Measured on all 14,240 when the word lists were made: 126 lines of furniture in 122,500, all
    of them separators, links, credits and labels; re-run after changing a list.
    """
    hidden: list[str] = []
    lines = size = 0
    took = 0.0
    with (shared_data / "press" / "orange.jsonl").open(encoding="utf-8") as file:
        for _, raw in zip(range(2000), file, strict=False):
            text = json.loads(raw)["text"]
            began = time.perf_counter()
            found = sections(text)
            took += time.perf_counter() - began
            size += len(text)
            lines += len(found)
            for kind, start, end in found:
                if kind in ("furniture", "teaser", "teaser-headline"):
                    hidden.append(text[start:end])
    assert len(hidden) < lines / 400
    assert not [line for line in hidden if len(line) > 60 and line.endswith(".")]
    assert size / took > 1e6
