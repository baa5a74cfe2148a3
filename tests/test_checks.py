"""The checks: for each, what it flags (between [[ ]]) and near misses, in French of our own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

CASES: dict[str, list[str]] = {
    "possessive-name": [
        # the article knows the bare name
        "Le ministre Anders Kelm a parlé mardi. La décision de [[Kelms]] divise.",
        "Karl Brandt a écrit un article. Selon [[Brandts]], rien ne va plus.",
        # places and organisations that everybody knows
        "La réponse de [[Téhérans]] est tombée mardi soir.",
        "Les troupes de [[Moscous]] avancent vers le fleuve.",
        "L'armée d'[[Israëls]] progresse, et l'armée d’[[Israëls]] recule.",
        "Le président d'[[Ukraines]] a parlé.",
        # acronyms in the singular
        "Le budget de l'[[ONUs]] augmente.",
        "Le chef du [[FBIs]] a démissionné.",
        # real plurals, real names in s
        "Le ministre Anders Kelm a parlé mardi. Les Kelms vivent à Oslo.",
        "Les ONGs protestent, et deux PMEs ferment.",
        "Les Américains et les Italiens négocient à Damas.",
        "Le maire de Bruxelles a reçu Paul Hughes à Athènes.",
        "Le groupe Starbucks ouvre un café à Reims.",
        "Deux Airbus et trois Boeings décollent; les Boeings sont neufs.",
        "Selon Reuters, les Jeux de Paris ont coûté cher.",
        "Le roi Charles a nommé Agnès Thomas.",
        "Mais Paris et Londres se parlent. Depuis, Berlin attend.",
        "Les deux Corées et les trois Allemagnes de l'histoire.",
        "Il a lu les Mémoires du général et les Essais.",
    ],
    "possessive-noun": [
        "Le chef [[des partis]], Olaf Brenner, a démissionné.",
        "La directrice [[des agences]], Rosa Klein, part en juin.",
        "Le président [[des unions]] Anna Berg a parlé.",
        "Le secrétaire général [[des organisations]], Marc Vidal, part.",
        "La capitale [[des pays]], sous la neige, dort.",
        "C'est le plus grand parti [[des pays]].",
        "Le chef des partis a démissionné.",
        "La capitale des pays nordiques dort.",
        "Le directeur des sports, Jean Petit, part.",
        "Le ministre des affaires étrangères, Jean Petit, part.",
        "La coalition des partis, Olaf Brenner en tête, gagne.",
        "Il aime la culture des pays.",
    ],
    "spaced-elision": [
        "Le chef [[d Israël]] pense [[qu Anna]] viendra.",
        "Il [[n a]] rien dit, il [[s agit]] [[d eau]].",
        "[[J ai]] vu; [[c est]] fini.",
        "[[L ONU]] vote.",
        "Il est là [[jusqu à]] demain, [[lorsqu il]] part.",
        "La vitamine D est utile, et le plan C a échoué.",
        "Il mesure 3 m et boit 5 l environ en 20 s à midi.",
        "La piste L est fermée depuis hier.",
        "Le vote de l'OTAN, qu'il attend, n'a pas eu lieu.",
        "Il parle des options A et D ou C.",
    ],
    "glued-elision": [
        "Le chef [[dIsraël]] parle de [[lélection]].",
        "[[Lélection]] approche.",
        "Il dit [[quil]] part et [[quelle]] attend.".replace("[[quelle]]", "quelle"),
        "Il [[sest]] rendu là où il [[nétait]] pas.",
        "[[Lhomme]] parle dans une ville [[dEspagne]].",
        "La dame, le lion et la dune avancent.",
        "Il demande quelle heure il est, lorsque sonne la messe.",
        "eBay, iPhone et LeBron se vendent bien.",
        "Le Dakar, la Dordogne et Dortmund.",
        "Le lama, la loi, le tiers, le cadre.",
    ],
    "missing-elision": [
        "Le chef [[de Espagne]] dit [[que on]] part.",
        "Il [[ne aime]] pas [[la amie]] [[de Israël]].",
        "Il attend [[jusque alors]].",
        "[[Le État]] paie.",
        "Le onze de départ, le un, le oui et la onzième fois.",
        "Le hibou, le yaourt, la haine, le héros et la Hongrie.",
        "Elle est à la une; fais-le entrer, dis-le à tous.",
        "Oscar De Almeida et Ana de Oliveira jouent.",
        "Le chef d'Espagne dit qu'on part.",
        "Le 8 mai, le 11 juin.",
    ],
    "lost-currency": [
        "Le club a payé [[45 000 (38 000)]].",
        "Le club a payé [[2 millions (1,6 million)]] hier.",
        "Il devra une amende de [[5 000]] et un an de prison.",
        "Une prime de [[500]].",
        "Un budget de [[3 millions]], puis un prêt de [[12 milliards]].",
        "Le club a payé 45 000 euros (38 000 livres).",
        "Le club a payé 45 000 euros (38 000).",
        "Il a payé 20 000 € (16 500 £) ou $5 000.",
        "Un budget de 3 millions de dollars.",
        "En 1998 (1999), le match s'achève 3 (2).",
        "Une amende de 50, une perte de 400 soldats.",
        "Un don de 200 livres à la bibliothèque.",
        "Le record (12e) date de 1998.",
    ],
    "unmarked-speech": [
        "[[Nous n'avons plus rien à perdre]], a expliqué la maire.",
        "[[Je pars demain]], dit-il.",
        "[[Je pars demain]], a-t-il ajouté.",
        "Il a déclaré : [[Nous partirons demain matin.]]",
        "[[Notre équipe a gagné]], a lancé Marie Petit. [[Nous sommes fiers de ce titre.]]",
        "La police a publié ce message : [[Nous cherchons un témoin important.]]",
        "« Nous n'avons plus rien », a expliqué la maire.",
        '"Je pars demain", dit-il.',
        "La route reste fermée, a précisé la préfecture.",
        "La loi, a-t-il dit, passera demain.",
        "Il a déclaré : « Nous partirons demain matin. »",
        "Le bilan est lourd : Dix morts et vingt blessés graves.",
        "– Je pars, a dit Paul.",
        "Le ministre a dit que nous partirions.",
        "« Je pars. Je ne reviendrai pas, a dit Paul. C'est fini. »",
    ],
    "truncated": [
        "Le maire a promis de rouvrir la [[bibliothè...]]",
        "Le maire a promis hier devant les élus de rouvrir [[la...]]",
        "Les élus ont adopté hier soir le projet de budget [[de…]]",
        "Le maire a promis de rouvrir la bibliothèque...",
        "Il hésite... Puis il part.",
        "Il a pensé à...",
        "Paris, Londres, Zorgl...",
        "Un mystère…",
        "Le maire a promis de rouvrir la bibliothèque.",
    ],
    "repeated": [
        "Le maire [[a a]] parlé.",
        "Le maire [[du du]] village.",
        "[[Le le]] maire dort.",
        "La réserve [[des fonds de fonds de fonds]] baisse.".replace(
            "[[des fonds de fonds de fonds]]", "des [[fonds de fonds de]] fonds"
        ),
        "Il faut [[des aides des aides des aides]].",
        "Il a vu les enfants [[de la ville de la ville]] hier.",
        "Nous nous levons et vous vous trompez.",
        "Le groupe Duran Duran joue à Bora Bora.",
        "C'est très très bon, oui oui, bien bien.",
        "Non, non, non et rien, rien, rien.",
        "Pas à pas, peu à peu, mot pour mot.",
        "De plus en plus de plus petits élus.",
        "Le score est de 1 1, puis de 2 2.",
        "Le maire de la ville, de la ville et du port.",
        "Le pont que le maire a vu vu du ciel.".replace("vu vu", "vu, vu"),
    ],
    "masculine-title": [
        "[[Le président]] de la Banque, Christine Morel, part.",
        "[[Le ministre]] de la Santé, Sophie Blanc, et Paul Noir.",
        "[[Le premier ministre]] Anna Berg arrive.",
        "[[L'avocat]] Julie Martin plaide.",
        "[[Un chercheur]], Claire Dubois, explique.",
        "Il parle [[au président]] Ursula Klein.",
        "[[le chancelier]] allemand Angela Merkel",
        "La présidente de la Banque, Christine Morel, part.",
        "Le président Paul Morel et le président français Emmanuel Macron.",
        "Le président du club de Julie Petit part.",
        "L'avocat de Julie Martin plaide pour le directeur et Sophie Petit.",
        "Le ministre a reçu Sophie Blanc.",
        "Le sénateur, Paul Petit, et sa femme Julie Petit.",
        "Le maire Anne Petit et le chef Julie Petit.",
        "Le ministre Dominique Petit et le député Camille Roux.",
    ],
    "english-run": [
        "Le ministre a promis a [[slam spend deal]] aux élus.",
        "Les fans [[said goodbye]] hier soir au stade.",
        "Cliquez on [[this link]] pour voir la suite de notre dossier.",
        "Le film Gone with the Wind passe ce soir.",
        "Il dit « business as usual » au maire.",
        "Le club gère un fan club du week-end.",
        "Le best of du groupe sort demain.",
        "Le groupe The Beatles joue au stade.",
    ],
    "english-word": [
        "Le stade était [[amazing]] hier soir.",
        "Les [[voters]] ont choisi hier.",
        "Le budget passe [[through]] la ville.",
        "Le week-end, le leader prend un taxi au parking.",
        "Le mot « amazing » revient.",
        "Le site amazing.fr ferme.",
        "Il a dit Yes au maire, et les Amazing Boys jouent.",
        "Le thriller sort demain.",
        "Il a promis a slam spend deal.",
    ],
    "english-exonym": [
        "Le train part de [[Brussels]] pour la mer chaque soir.",
        "La pluie tombe sur la [[New Caledonia]] depuis hier.",
        "Il vit à Mexico, à Kiev, puis en Allemagne.",
        "Le groupe London Grammar joue à Vienna Hall.",
        "Il a lu « Rien à Vienna » hier.",
    ],
    "english-passage": [
        "[[The mayor said that the bridge would be closed for two weeks.]]",
        "Le maire part. [[The council will vote on the plan this week.]] Il revient.",
        "Le maire a dit que le pont sera fermé deux semaines.",
        "The Wall Street Journal",
        "He was there.",
        "Le film The Man Who Would Be King passe ce soir sur la chaîne.",
    ],
}

# Cases that were wrong once, and what the trouble was.
ONCE_WRONG: dict[str, list[tuple[str, str]]] = {
    "english-run": [
        ("Le groupe de rock and roll est parti.", "an English phrase that French has taken over"),
    ],
    "masculine-title": [
        ("[[Le sénateur]] Marie Dubois part.", "« marie » is only a verb for the lexicon"),
        ("[[L'ancien]] ministre Julie Roux parle.".replace("]] ministre", " ministre]]"),
         "« ancien » shows the gender, but only the title is asked"),
    ],
    "unmarked-speech": [
        ("[[Devons-nous céder]], a demandé le maire.", "the clitic « -nous » is no first person"),
        ("[[Nous devons céder]], a lancé hier soir le maire.", "an adverb before the subject"),
    ],
    "lost-currency": [
        ("Un salaire de 1 500 à 2 000 euros par mois.", "the currency follows the second figure"),
        ("Une perte de 300 et 400 hommes.", "what is counted follows the second figure"),
        ("Une dette de [[10 000 000 (8 500 000)]] pèse.", "millions in figures are two tokens"),
        ("Le club a payé [[45\u00a0000 (38\u00a0000)]].", "no-break spaces group no figures"),
    ],
    "english-exonym": [
        ("Le train va de [[Brussels]] à [[Warsaw]].", "a name before « à » may go on behind it"),
    ],
    "missing-elision": [
        ("De Andrade a marqué deux fois.", "a name's particle at the head of a sentence"),
    ],
    "repeated": [
        ("Il avance pas à pas à pas comptés.", "« pas à pas » is a phrase, and is doubled here"),
    ],
}  # fmt: skip


def read(marked: str) -> tuple[str, list[str]]:
    return re.sub(r"\[\[|\]\]", "", marked), re.findall(r"\[\[(.+?)\]\]", marked)


def check_on(name: str, text: str, make_rule: Any, flagged: Any) -> list[str]:
    return [hit.text for hit in flagged(make_rule("check", check=name), text)]


@pytest.mark.parametrize(
    ("name", "marked"), [(name, marked) for name, cases in CASES.items() for marked in cases]
)
def test_check(
    name: str, marked: str, make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    text, expected = read(marked)
    assert check_on(name, text, make_rule, flagged) == expected


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        pytest.param(name, marked, id=f"{name}: {reason}")
        for name, cases in ONCE_WRONG.items()
        for marked, reason in cases
    ],
)
def test_check_that_was_wrong(
    name: str, marked: str, make_rule: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    text, expected = read(marked)
    assert check_on(name, text, make_rule, flagged) == expected


@pytest.mark.parametrize(
    ("name", "text", "suggestion"),
    [
        ("possessive-name", "La réponse de Téhérans est tombée.", "Téhéran"),
        ("possessive-name", "Le budget de l'ONUs augmente.", "ONU"),
        ("possessive-noun", "Le chef des partis, Olaf Brenner, part.", "du parti"),
        ("possessive-noun", "La directrice des agences, Rosa Klein, part.", "de l'agence"),
        ("possessive-noun", "Le patron des banques, Rosa Klein, part.", "de la banque"),
        ("spaced-elision", "Il parle d Israël.", "d'Israël"),
        ("glued-elision", "Il parle dIsraël.", "d'Israël"),
        ("missing-elision", "Il parle de Israël.", "d'Israël"),
        ("unmarked-speech", "Je pars demain, dit-il.", "« Je pars demain »"),
        ("repeated", "Le maire du du village.", "du"),
        ("masculine-title", "Le premier ministre Anna Berg arrive.", "La première ministre"),
        ("masculine-title", "Au président Ursula Klein, merci.", "À la présidente"),
        ("masculine-title", "L'ancien avocat Julie Petit plaide.", "L'ancienne avocate"),
    ],
)
def test_what_a_check_suggests(
    name: str,
    text: str,
    suggestion: str,
    make_rule: Callable[..., Any],
    flagged: Callable[..., Any],
) -> None:
    (hit,) = flagged(make_rule("check", check=name), text)
    assert hit.suggestions == (suggestion,)
