"""Tells the parts of an article apart: headline, dateline, body, teasers, site furniture.

Works line by line on what a line says and on what stands around it; no model, no markup of the
site. When in doubt a line is body: what is taken for furniture is hidden from the reader of a
report, so that error is the worse one.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from mtaudit.model import Article, Section, SectionKind


def _phrases(table: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in table.split("|"))


# Whole lines, in lower case, without marks at either end: English, French, and the French that
# machines make of the English. What announces a list of other articles or of topics:
_LISTS: Final = _phrases("""
    other articles | more articles | related articles | related stories | related content | related
    | related links | more on this story | more stories | most read | most popular | most viewed
    | top stories | latest news | trending | you may also like | you might also like | recommended
    | recommended for you | editor's picks | must read | read next | up next | related topics
    | autres articles | nos autres articles | plus d'articles | articles liés | articles associés
    | articles similaires | articles connexes | articles recommandés | histoires connexes
    | plus sur cette histoire | sujets associés | sujets connexes | sur le même sujet
    | sur le même thème | dans la même rubrique | les plus lus | les plus consultés
    | les articles les plus lus | vous aimerez aussi | vous pourriez aussi aimer
    | recommandé pour vous | dernières nouvelles | à lire ensuite | ailleurs sur le web
""")
# What closes a teaser:
_GO_ON: Final = _phrases("""
    read more | read full story | read full article | read the full story | read the full article
    | full story | continue reading | learn more | find out more | show more | see more | view more
    | load more | click here | watch now | lire la suite | lire plus | lisez plus | lisez la suite
    | lire l'article | lire l'article complet | voir plus | en savoir plus | afficher plus
    | la suite | continuer la lecture | continuer à lire | poursuivre la lecture | cliquez ici
""")
_CHROME: Final = _phrases("""
    news image | image de nouvelles | image des nouvelles | nouvelles image | image d'actualité
    | share | share this | share this article | share this story | share this page | share page
    | copy link | about sharing | save | print | email | bookmark | envoyer | partagez l'article
    | partager | partagez | partagez ceci | partagez cela | partager ceci | partager cet article
    | partager l'article | partagez cet article | copier le lien | enregistrer | imprimer
    | comments | leave a comment | view comments | commentaires | vos commentaires | commenter
    | laisser un commentaire | vos réactions | voir les commentaires | advertisement
    | sponsored | sponsored content | publicité | sponsorisé | contenu sponsorisé
    | article réservé aux abonnés | newsletter | newsletters | our newsletter | notre newsletter
    | subscribe | subscribe now | sign up | sign in | log in | register | s'abonner | abonnez-vous
    | je m'abonne | se connecter | s'inscrire | mon compte | déjà abonné
    | menu | home | homepage | accueil | search | rechercher | skip to content | aller au contenu
    | back to top | haut de page | retour en haut | retour à l'accueil | contact us | contactez-nous
    | about us | à propos de nous | mentions légales | privacy policy | terms of use | plan du site
    | politique de confidentialité | conditions d'utilisation | conditions générales d'utilisation
    | cookie policy | cookies | accept | accept all | accepter | tout accepter | tout refuser
    | previous article | next article | article précédent | article suivant | image source
    | getty images | reuters | afp | ap | epa | avec afp | bbc news | bbc | follow us | suivez-nous
    | view this post on instagram | voir cette publication sur instagram | écouter l'article
""")
_NETWORKS: Final = _phrases("""
    facebook | twitter | x | instagram | whatsapp | linkedin | youtube | telegram | pinterest | rss
    | tiktok | messenger | bluesky | reddit | snapchat | email | e-mail | threads | flipboard
""")
_ON_NETWORK = r"(?:on|via|sur|par|with) (?:" + "|".join(sorted(_NETWORKS)) + r")\b.{0,60}"
_FURNITURE_SHAPES: Final = (
    r"(?:lire (?:la suite|l'article)|read (?:more|the (?:full )?story)) (?:sur|on) .{1,30}",
    r"(?:share|partage[rz])(?: (?:this|cet article|l'article|ceci))? " + _ON_NETWORK,
    r"(?:follow|suivez|suivre|retrouvez)(?: us|-nous| nous)? " + _ON_NETWORK,
    r"(?:subscribe|sign up|abonnez-vous|inscrivez-vous|recevez)\b.{0,60}\bnewsletters?\b.{0,30}",
    r"(?:©|\(c\) ?\d{4}|copyright\b|tous droits réservés|all rights reserved).{0,120}",
    r"(?:image source|source de l'image|source image|crédit de l'image|image credit), .{1,50}",
    r"sources? ?: [\w'-]+(?:,? [\w'-]+){0,3}",
    r"\d+ (?:comment(?:aire)?s?|shares?|partages?|réactions?|views?|vues|likes?|j'aime)",
    r"\d+ min(?:utes?)?(?: de lecture| read)|(?:temps de lecture|reading time) ?:?.{0,20}\d.*",
    r"(?:tags?|mots[- ]clés|filed under|topics|classé dans|rubriques?|thèmes?) ?: .{1,100}",
    r"(?:une publication partagée par|a post shared by) .{1,90}|embed \w+=.*",
    r"(?:https?://|www\.|pic\.twitter\.com/)\S+",
    r"(?:nous utilisons|(?:ce|notre|this) site u|en poursuivant|we use|by continuing).*cookies?.*",
)
_LIST: Final = re.compile(
    r"(?:other|more|latest|related) (?:articles|stories|news) (?:in|from|on|about) .{1,40}"
    r"|(?:autres|plus d'|derniers) ?(?:articles|histoires) (?:dans|de|du|sur|en|d') ?.{1,40}"
    r"|more from .{1,40}"
)
# What announces one other article, often in the middle of this one, and the same with its title:
_LINK: Final = re.compile(
    r"(?:[àa] )?(?:lire|voir|écouter)(?: aussi| également)?|lisez aussi|(?:see|read) also|also read"
)
_LINK_WITH_TITLE: Final = re.compile(rf"(?:{_LINK.pattern}|read more) ?[:>|–-] ?\S.*")
_FURNITURE: Final = re.compile("|".join((_LIST.pattern, _LINK.pattern, *_FURNITURE_SHAPES)))
_WORDS_OF_FURNITURE: Final = _LISTS | _GO_ON | _CHROME
_CAPTION: Final = re.compile(
    r"(?:photos?|image|légende|illustrations?|image caption|media caption|légende image"
    r"|crédits?(?: (?:photos?|illustrations?|images?|vidéo))?|caption|figure \d+)(?: ?:|,) ?\S.*"
    r"|crédits? photos? .{1,40}|photos? d['’]illustration\b.{0,60}|[^©]{20,240}©.{1,60}"
)

_MONTHS: Final = _phrases("""
    janvier | février | mars | avril | mai | juin | juillet | août | septembre | octobre | novembre
    | décembre | janv | févr | avr | juil | sept | oct | nov | déc | january | february | march
    | april | may | june | july | august | september | october | december | jan | feb | aug | dec
""")
_DATE_WORDS: Final = _MONTHS | _phrases("""
    lundi | mardi | mercredi | jeudi | vendredi | samedi | dimanche | monday | tuesday | wednesday
    | thursday | friday | saturday | sunday | publié | publiée | mis | mise | à | a | jour | le | la
    | modifié | posté | actualisé | dernière | modification | published | updated | posted | last
    | on | at | il | y | ago | heure | heures | hour | hours | minute | minutes | jours | days | h
    | min | mn | am | pm | er | st | nd | rd | th | t | z | gmt | utc | cet | cest | bst | est | of
    | de | du | date | article | créé | created | locale | et
""")
_DATE: Final = re.compile(
    r"\b\d{1,4}([/.-])\d{1,2}\1\d{2,4}(?!\d)|\b\d{1,2} ?[h:] ?\d{2}\b|\b\d+ \w+ ago\b|\bil y a \d"
)
_PUBLISHED: Final = re.compile(
    r"\s*[,|–—·•/()-]\s*|\s+(?=(?:publiée?|mis à|modifié|published|updated|posted)\b)"
)
_BYLINE: Final = re.compile(
    r"(?:(?:rédigé |écrit |traduit |propos recueillis )?par|(?:written )?by) (?=\S)", re.IGNORECASE
)
_PARTICLES: Final = _phrases("de | du | d' | la | le | des | van | von | et | and | avec | &")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*-->")
_MARK_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_EDGES: Final = " \t*_#<>[](){}«»\"'“”:.…›→▶►»•·-–—|!?\u200b\ufeff"
_STARRED: Final = re.compile(r"[-–—]+\s?[^-–—].*[^.\s]\s?[-–—]+")  # « - Prudence - »
_CLOSERS: Final = "»\"”’')] \xa0\u202f"

_KEY_LENGTH = 180  # what is longer is no furniture, but for cookies
_HEADLINE_LENGTH = 120
_TITLE_LENGTH = 160  # what is longer is a paragraph even without a final mark
_HEADING_LENGTH = 100


class _Line(NamedTuple):
    """A line that is not blank: its offsets without white space, and what it is compared by."""

    start: int
    end: int
    text: str
    key: str
    gap: bool  # a blank line, or nothing, stands before it

    @property
    def final(self) -> str:
        """The last character inside closing marks."""
        return self.text.rstrip(_CLOSERS)[-1:]

    @property
    def ended(self) -> bool:
        return self.final in ".!?…" or len(self.text) > _TITLE_LENGTH

    @property
    def cut(self) -> bool:
        """Whether it breaks off in three dots, as the first lines of an article in a list do."""
        return len(self.text) > 60 and self.text.rstrip(")]").endswith(("...", "…"))

    def titles(self, limit: int, marks: str) -> bool:
        """Whether it looks like a title: short, no small letter first, no mark of `marks` last."""
        if len(self.text) > limit or self.final in marks:
            return False
        head = self.text.lstrip("#*-–•>«“\"'[( \xa0")[:1]
        return bool(head) and not head.islower()


def article_sections(article: Article, text: str) -> tuple[Section, ...]:
    """The sections of an article: what its file says of a line goes before what the line says.

    Args:
        text: What is read of `article.text`, of the same length.
    """
    found = sections(text, article.markup)
    if not article.parts:
        return found
    starts = [part.start for part in article.parts]
    titled = any(part.kind == "headline" for part in article.parts)
    told: list[Section] = []
    for line in found:
        at = bisect.bisect_right(starts, line.start) - 1
        if at >= 0 and line.start < article.parts[at].end:
            line = line._replace(kind=article.parts[at].kind)
        elif titled and line.kind == "headline":
            line = line._replace(kind="body")
        told.append(line)
    return tuple(told)


def sections(text: str, markup: str = "plain") -> tuple[Section, ...]:
    """Sorts the lines of a text into the parts of an article, one section a line.

    Args:
        markup: `markdown` where a leading `#`, code fences and front matter have their meaning.

    Returns:
        The sections in order; none overlap, and every line that is not blank has one. Offsets
        are half-open, in characters of `text`, and leave out white space around the line. Only
        a newline ends a line, as in `Article.position`.
    """
    lines = _lines(text, markup == "markdown")
    kinds: list[SectionKind | None] = [_by_itself(line) for line in lines]
    if markup == "markdown":
        _markdown(lines, kinds)
    _repeated(lines, kinds)
    wrapped = _wrapped(lines)
    _headline(lines, kinds, wrapped)
    _teasers(lines, kinds)
    _headings(lines, kinds, wrapped)
    return tuple(
        Section(kind or "body", line.start, line.end)
        for line, kind in zip(lines, kinds, strict=True)
    )


def _lines(text: str, markdown: bool) -> list[_Line]:
    found: list[_Line] = []
    position = 0
    gap = True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            key = _key(stripped, markdown) if len(stripped) <= _KEY_LENGTH else stripped[:1]
            found.append(_Line(start, start + len(stripped), stripped, key, gap))
        gap = not stripped
        position += len(raw) + 1
    return found


def _key(text: str, markdown: bool) -> str:
    if markdown and "](" in text:
        text = _MARK_LINK.sub(r"\1", text)
    return " ".join(text.lower().replace("’", "'").split()).strip(_EDGES)


def _by_itself(line: _Line) -> SectionKind | None:
    """What a line is whatever stands around it; None where that decides."""
    key = line.key
    if len(line.text) > _KEY_LENGTH:
        lower = line.text.lower() if len(line.text) < 400 else ""
        if "cookie" in lower and _FURNITURE.fullmatch(lower):
            return "furniture"
        return "caption" if _CAPTION.fullmatch(lower) else None
    # Lines without a letter or digit are separators; "(c)" and its kin keep a letter.
    if not any(map(str.isalnum, key)) and "©" not in key:
        return "furniture"
    if (
        key in _WORDS_OF_FURNITURE
        or _FURNITURE.fullmatch(key)
        or _TAG.fullmatch(line.text)
        or all(word in _NETWORKS for word in re.split(r"[ ,|/·]+", key) if word)
        or _signed(line.text)
    ):
        return "furniture"
    if _LINK_WITH_TITLE.fullmatch(key):
        return "teaser-headline"
    if _dated(line.text):
        return "dateline"
    if _CAPTION.fullmatch(line.text.lower().lstrip("(*_[")):
        return "caption"
    if len(line.text) <= _HEADING_LENGTH and _STARRED.fullmatch(line.text):
        return "heading"
    return None


def _names(text: str) -> bool:
    """Whether it is made of names, such as an author's and a paper's."""
    words = re.split(r"[\s,/|]+", text.strip(" ,|-–—()"))
    return (
        len(words) <= 10
        and words[0][:1].isupper()
        and all(word[:1].isupper() or word in _PARTICLES for word in words)
    )


def _signed(text: str) -> bool:
    """Whether it is « Par » or the like and names."""
    by = _BYLINE.match(text)
    return by is not None and not text.endswith(".") and _names(text[by.end() :])


def _dated(text: str) -> bool:
    """Whether a line gives a date or time and nothing else, but for who published it."""
    if len(text) > 130 or text.endswith(".") or not any(map(str.isdigit, text)):
        return False  # « 19 h 15. » is told, not printed by the site
    return _is_date(text) or any(
        _is_date(text[mark.end() :])
        and (_names(text[: mark.start()]) or _signed(text[: mark.start()]))
        for mark in _PUBLISHED.finditer(text, 1)
    )


def _is_date(text: str) -> bool:
    lower = text.lower()
    words = set(_WORD.findall(lower))
    names = {word for word in words if not word.isdigit()}
    known = bool(_DATE.search(lower)) or (len(names) < len(words) and not _MONTHS.isdisjoint(names))
    return known and names <= _DATE_WORDS


def _markdown(lines: Sequence[_Line], kinds: list[SectionKind | None]) -> None:
    """Front matter and code are furniture; `# x` and underlined lines are headings."""
    latest = {line.text: i for i, line in enumerate(lines)}
    inside = ""
    for i, line in enumerate(lines):
        fence = line.text[:3]
        if inside or fence in ("```", "~~~") or (fence == line.text == "---" and not i):
            kinds[i] = "furniture"
            if inside:
                inside = "" if line.text == inside else inside
            elif latest.get(fence, 0) > i:
                inside = fence  # one that nothing closes is a line and no more
        elif kinds[i] is None:
            under = "" if i + 1 == len(lines) or lines[i + 1].gap else lines[i + 1].text
            if re.match(r"#{1,6}\s", line.text) or (under and set(under) in ({"="}, {"-"})):
                kinds[i] = "heading"
            elif line.text.startswith("![") and _MARK_LINK.fullmatch(line.text):
                kinds[i] = "caption"


def _repeated(lines: Sequence[_Line], kinds: list[SectionKind | None]) -> None:
    """A short line that comes back is the site's; side by side it is a translation that loops."""
    counts = Counter(line.key for line in lines if len(line.text) <= 60)
    keys = ["", *(line.key for line in lines), ""]
    for i, line in enumerate(lines):
        often = counts[line.key] >= 3 and line.key not in (keys[i], keys[i + 2])
        if often and kinds[i] is None and line.final not in ".!?…:;,":
            kinds[i] = "furniture"


def _wrapped(lines: Sequence[_Line]) -> bool:
    """Whether lines were broken at a width, so that one says nothing by being short."""
    following = [line for line in lines if not line.gap]
    return sum(line.text[0].islower() for line in following) > len(following) / 5


def _headline(lines: Sequence[_Line], kinds: list[SectionKind | None], wrapped: bool) -> None:
    """The first line that is text, if it looks like a title and text follows."""
    first = next((i for i, kind in enumerate(kinds) if kind in (None, "heading")), None)
    if first is None or not any(kind is None for kind in kinds[first + 1 :]):
        return
    line, below = lines[first], lines[first + 1]
    if kinds[first] is None and (below.gap or kinds[first + 1]):
        # Set off from what follows, a title may well ask or exclaim.
        found = line.titles(_TITLE_LENGTH, ".…:;,")
    elif kinds[first] is None:
        found = not wrapped and line.titles(_HEADLINE_LENGTH, ".!?…:;,")
        found = found and (below.ended or len(below.text) > len(line.text))
        found = found and not below.text[0].islower()
    if kinds[first] == "heading" or found:
        kinds[first] = "headline"


def _teasers(lines: Sequence[_Line], kinds: list[SectionKind | None]) -> None:
    """Other articles named in this one: after what announces them, or by their cut first lines."""
    count = len(lines)

    def free(i: int) -> bool:
        return i < count and kinds[i] in (None, "heading")

    def title(i: int) -> bool:
        return free(i) and lines[i].titles(_TITLE_LENGTH, ".…:;,")

    def cut(i: int) -> bool:
        return free(i) and lines[i].cut

    mode = ""  # what came last: a heading of a "list", a "link" to one article, "other" furniture
    body = False
    i = -1
    while i + 1 < count:
        i += 1
        key = lines[i].key
        if not free(i):
            if kinds[i] == "furniture" and key:
                if key in _LISTS or _LIST.fullmatch(key):
                    mode = "list"
                elif _LINK.fullmatch(key):
                    mode = "link"
                else:
                    mode = mode or "other"
            continue
        pair = title(i) and cut(i + 1)
        if pair and not mode and body:
            # Without a heading, two such pairs or one with its « Lire la suite » make a list.
            after = i + 2 < count and lines[i + 2].key in _GO_ON
            again = lines[i].gap and title(i + 2) and lines[i + 2].gap and cut(i + 3)
            mode = "other" if after or again else ""
        if pair and mode:
            kinds[i], kinds[i + 1] = "teaser-headline", "teaser"
            i += 1
        elif mode == "list" and title(i):
            # One full paragraph may belong to the title; two are the article going on.
            alone = not free(i + 1) or title(i + 1)
            if not alone and free(i + 2) and not title(i + 2):
                mode, body = "", True
                continue
            kinds[i] = "teaser-headline"
            if not alone:
                kinds[i + 1] = "teaser"
                i += 1
        elif mode == "link" and title(i):
            kinds[i] = "teaser-headline"
            mode = mode if i + 1 < count and not lines[i + 1].gap else ""
        elif mode and cut(i) and (mode == "list" or (i + 1 < count and lines[i + 1].key in _GO_ON)):
            kinds[i] = "teaser"
        else:
            mode, body = "", True


def _headings(lines: Sequence[_Line], kinds: list[SectionKind | None], wrapped: bool) -> None:
    """Short lines without a final mark that stand between paragraphs."""
    for i in range(1, len(lines) - 1):
        line, above, below = lines[i], lines[i - 1], lines[i + 1]
        if kinds[i] is None and kinds[i + 1] is None and line.text[0] not in "-–—•*>":
            apart = line.gap and below.gap if wrapped else line.gap or above.ended
            ended = below.ended or (wrapped and len(below.text) > len(line.text))
            if apart and ended and line.titles(_HEADING_LENGTH, ".!?…:;,"):
                kinds[i] = "heading"
