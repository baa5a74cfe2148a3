"""Names and words that French spells in its own way: persons, places, peoples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from mtaudit.annotate import Annotated
from mtaudit.kinds.base import Hit, Resources
from mtaudit.rulebook import Rule

# English (or bare) spelling = French one. A name of several words stands for those words together.
_PERSONS: Final = """
Khodorkovsky=Khodorkovski Berezovsky=Berezovski Abramovich=Abramovitch Chubais=Tchoubaïs
Kudrin=Koudrine Zyuganov=Ziouganov Zhirinovsky=Jirinovski Yavlinsky=Iavlinski Kasyanov=Kassianov
Udaltsov=Oudaltsov Politkovskaya=Politkovskaïa Magnitsky=Magnitski Lugovoi=Lougovoï
Lugovoy=Lougovoï Zhukov=Joukov Surkov=Sourkov Sechin=Setchine Patrushev=Patrouchev
Naryshkin=Narychkine Chernomyrdin=Tchernomyrdine Bukharin=Boukharine Chernenko=Tchernenko
Kosygin=Kossyguine Rasputin=Raspoutine Pugachev=Pougatchev Kutuzov=Koutouzov Potemkin=Potemkine
Mussorgsky=Moussorgski Rachmaninoff=Rachmaninov Nijinsky=Nijinski
Mayakovsky=Maïakovski Tsvetaeva=Tsvetaïeva Turgenev=Tourgueniev Bulgakov=Boulgakov Gorky=Gorki
Yesenin=Essenine Yevtushenko=Evtouchenko Tarkovsky=Tarkovski Zvyagintsev=Zviaguintsev
Bondarchuk=Bondartchouk Mendeleev=Mendeleïev Kalashnikov=Kalachnikov Ovechkin=Ovetchkine
Isinbayeva=Isinbaïeva Arshavin=Archavine Kuchma=Koutchma
Kravchuk=Kravtchouk Yatsenyuk=Iatseniouk Turchynov=Tourtchinov Zaluzhny=Zaloujny
Zaluzhnyi=Zaloujny Kolomoisky=Kolomoïsky Tsikhanouskaya=Tikhanovskaïa Tikhanovskaya=Tikhanovskaïa
Burjanadze=Bourdjanadze Gamsakhurdia=Gamsakhourdia Ivanishvili=Ivanichvili
Margvelashvili=Margvelachvili Zurabishvili=Zourabichvili Sargsyan=Sarkissian Kocharyan=Kotcharian
Aliyev=Aliev Niyazov=Niazov Bakiyev=Bakiev Akayev=Akaïev Berdymukhamedov=Berdymoukhamedov
Tokayev=Tokaïev Basayev=Bassaïev Umarov=Oumarov Gagarin=Gagarine Tereshkova=Terechkova
Shostakovich=Chostakovitch Kurchatov=Kourtchatov Churkin=Tchourkine Matviyenko=Matvienko
Sobchak=Sobtchak Zhdanov=Jdanov Luzhkov=Loujkov Yakunin=Iakounine Yezhov=Iejov Vyshinsky=Vychinski
Kruschev=Khrouchtchev Kropotkin=Kropotkine Bakunin=Bakounine Kerensky=Kerenski Mikoyan=Mikoïan
Mukhametshin=Moukhametchine Gergiev=Guerguiev Nureyev=Noureïev Khomeini=Khomeiny
Rafsanjani=Rafsandjani Mousavi=Moussavi Mosaddegh=Mossadegh Mossadeq=Mossadegh Zarqawi=Zarqaoui
Muqtada=Moqtada Jumblatt=Joumblatt Mashaal=Mechaal Meshaal=Mechaal
Michelangelo=Michel-Ange Titian=Titien Tintoretto=Tintoret Petrarch=Pétrarque
Boccaccio=Boccace Machiavelli=Machiavel
Aristotle=Aristote Herodotus=Hérodote Thucydides=Thucydide Sophocles=Sophocle
Aeschylus=Eschyle Euripides=Euripide Aristophanes=Aristophane Pythagoras=Pythagore
Archimedes=Archimède Hippocrates=Hippocrate Ptolemy=Ptolémée Plutarch=Plutarque
Tacitus=Tacite Pliny=Pline Tiberius=Tibère Hadrian=Hadrien Diocletian=Dioclétien
Justinian=Justinien Avicenna=Avicenne Averroes=Averroès
Tutankhamun=Toutânkhamon Tutankhamen=Toutânkhamon Nefertiti=Néfertiti Akhenaten=Akhenaton
Ramses=Ramsès Nebuchadnezzar=Nabuchodonosor Odysseus=Ulysse Prometheus=Prométhée Oedipus=Œdipe
Theseus=Thésée Orpheus=Orphée Sisyphus=Sisyphe Poseidon=Poséidon Dionysus=Dionysos Frodo=Frodon
Hogwarts=Poudlard
"""
_PLACES: Final = """
Mainz=Mayence Konstanz=Constance Koblenz=Coblence Speyer=Spire Augsburg=Augsbourg
Würzburg=Wurtzbourg Wurzburg=Wurtzbourg Magdeburg=Magdebourg Duisburg=Duisbourg Salzburg=Salzbourg
Luxemburg=Luxembourg Luzern=Lucerne Brugge=Bruges Mechelen=Malines Leuven=Louvain
Kortrijk=Courtrai Mantua=Mantoue Ferrara=Ferrare Ravenna=Ravenne Bergamo=Bergame
Cremona=Crémone Vicenza=Vicence Perugia=Pérouse Siena=Sienne Lucca=Lucques
Parma=Parme Piacenza=Plaisance Apulia=Pouilles Umbria=Ombrie Calabria=Calabre Liguria=Ligurie
Saragossa=Saragosse Zaragoza=Saragosse Cordoba=Cordoue Córdoba=Cordoue Málaga=Malaga
Seville=Séville Extremadura=Estrémadure Biscay=Biscaye Oporto=Porto Lisboa=Lisbonne
Krakow=Cracovie Kraków=Cracovie Silesia=Silésie Pomerania=Poméranie Masuria=Mazurie
Ruthenia=Ruthénie Wallachia=Valachie Bukovina=Bucovine Bessarabia=Bessarabie Macedonia=Macédoine
Vojvodina=Voïvodine Dalmatia=Dalmatie Istria=Istrie Bucovina=Bucovine Piraeus=Pirée Corfu=Corfou
Peloponnese=Péloponnèse Bosporus=Bosphore Bosphorus=Bosphore Anatolia=Anatolie Antioch=Antioche
Ephesus=Éphèse Cappadocia=Cappadoce Byzantium=Byzance Palmyra=Palmyre Galilee=Galilée Judea=Judée
Samaria=Samarie Nablus=Naplouse Bethlehem=Bethléem Dead_Sea=mer_Morte Fallujah=Falloujah
Kirkuk=Kirkouk Karbala=Kerbala Mesopotamia=Mésopotamie Babylon=Babylone Nineveh=Ninive
Isfahan=Ispahan Persepolis=Persépolis Hodeidah=Hodeïda Hadramaut=Hadramaout Fez=Fès Meknes=Meknès
Sirte=Syrte Omdurman=Omdourman Bengal=Bengale Himalayas=Himalaya Lhasa=Lhassa
Nanjing=Nankin Formosa=Formose Borneo=Bornéo Moluccas=Moluques Celebes=Célèbes Rhine=Rhin
Vistula=Vistule Thames=Tamise Tiber=Tibre Tagus=Tage Dnieper=Dniepr Euphrates=Euphrate
Tigris=Tigre Zambezi=Zambèze Rockies=Rocheuses Rocky_Mountains=Rocheuses Great_Lakes=Grands_Lacs
Alps=Alpes Pyrenees=Pyrénées Apennines=Apennins Carpathians=Carpates Urals=Oural
Ural_Mountains=Oural Adriatic=Adriatique Adriatic_Sea=mer_Adriatique Aegean=Égée
Aegean_Sea=mer_Égée Caspian=Caspienne Caspian_Sea=mer_Caspienne Baltic_Sea=mer_Baltique
Barents_Sea=mer_de_Barents Bering_Strait=détroit_de_Béring Yellow_Sea=mer_Jaune
Gulf_of_Mexico=golfe_du_Mexique Gulf_of_Aden=golfe_d'Aden Cape_of_Good_Hope=cap_de_Bonne-Espérance
Cape_Horn=cap_Horn Cape_Canaveral=cap_Canaveral Bay_of_Bengal=golfe_du_Bengale
Panama_Canal=canal_de_Panama Red_Square=place_Rouge Wailing_Wall=Mur_des_Lamentations
Western_Wall=mur_des_Lamentations Temple_Mount=mont_du_Temple Mount_of_Olives=mont_des_Oliviers
Brandenburg_Gate=porte_de_Brandebourg Berlin_Wall=mur_de_Berlin
Statue_of_Liberty=statue_de_la_Liberté
Tower_of_London=Tour_de_Londres Eiffel_Tower=tour_Eiffel Sistine_Chapel=chapelle_Sixtine
Great_Wall=Grande_Muraille Forbidden_City=Cité_interdite Tiananmen_Square=place_Tiananmen
Tahrir_Square=place_Tahrir Maidan=Maïdan Kharkov=Kharkiv Lvov=Lviv Sevastopol=Sébastopol
Makhachkala=Makhatchkala Nalchik=Naltchik Ingushetia=Ingouchie Bashkortostan=Bachkortostan
Murmansk=Mourmansk Chelyabinsk=Tcheliabinsk Yaroslavl=Iaroslavl Karelia=Carélie Lapland=Laponie
Funen=Fionie Gothenburg=Göteborg Scania=Scanie Faroes=Féroé Zealand=Seeland Oresund=Øresund
Reykjavík=Reykjavik Spitsbergen=Spitzberg Hebrides=Hébrides Orkneys=Orcades Orkney=Orcades
Channel_Islands=îles_Anglo-Normandes Thessaly=Thessalie Corinth=Corinthe Mycenae=Mycènes
Pompeii=Pompéi Herculaneum=Herculanum Abyssinia=Abyssinie Mogadishu=Mogadiscio
Tierra_del_Fuego=Terre_de_Feu Amazonia=Amazonie Yucatán=Yucatan Bogotá=Bogota
Brasília=Brasilia Asunción=Asuncion Medellín=Medellin Galápagos=Galapagos
West_Indies=Antilles Ottoman_Empire=Empire_ottoman Roman_Empire=Empire_romain
Holy_Land=Terre_sainte Holy_See=Saint-Siège North_Pole=pôle_Nord South_Pole=pôle_Sud
Arctic_Ocean=océan_Arctique Pacific_Ocean=océan_Pacifique Atlantic_Ocean=océan_Atlantique
Indian_Ocean=océan_Indien Baltic_States=pays_baltes Supreme_Soviet=Soviet_suprême
"""
_PEOPLES: Final = """
Haiti=Haïti Haîti=Haïti Haitien=Haïtien Haitiens=Haïtiens Haitienne=Haïtienne
Haitiennes=Haïtiennes haitien=haïtien haitiens=haïtiens haitienne=haïtienne haitiennes=haïtiennes
Haîtien=Haïtien Haîtiens=Haïtiens Haîtienne=Haïtienne Haîtiennes=Haïtiennes haîtien=haïtien
haîtiens=haïtiens haîtienne=haïtienne haîtiennes=haïtiennes israelien=israélien
israeliens=israéliens israelienne=israélienne israeliennes=israéliennes Israelien=Israélien
Israeliens=Israéliens Israelienne=Israélienne Israeliennes=Israéliennes coreen=coréen
coreens=coréens coreenne=coréenne coreennes=coréennes Coreen=Coréen Coreens=Coréens
nord-coreen=nord-coréen sud-coreen=sud-coréen Nord-Coreens=Nord-Coréens Sud-Coreens=Sud-Coréens
europeen=européen europeens=européens europeenne=européenne europeennes=européennes
Europeen=Européen Europeens=Européens Européene=Européenne européene=européenne
bresilien=brésilien bresiliens=brésiliens bresilienne=brésilienne Bresil=Brésil
Bresiliens=Brésiliens algerien=algérien algeriens=algériens algerienne=algérienne
Algerien=Algérien Algeriens=Algériens Algerie=Algérie egyptien=égyptien egyptiens=égyptiens
egyptienne=égyptienne egyptiennes=égyptiennes ethiopien=éthiopien ethiopiens=éthiopiens
ethiopienne=éthiopienne norvegien=norvégien norvegiens=norvégiens norvegienne=norvégienne
Norvegien=Norvégien Norvegiens=Norvégiens Norvege=Norvège suedois=suédois suedoise=suédoise
Suedois=Suédois Suede=Suède venezuelien=vénézuélien venezueliens=vénézuéliens
venezuelienne=vénézuélienne vénézuelien=vénézuélien vénézueliens=vénézuéliens
vénézuelienne=vénézuélienne Venezuelien=Vénézuélien Venezueliens=Vénézuéliens peruvien=péruvien
peruviens=péruviens peruvienne=péruvienne Peruviens=Péruviens Pérouvien=Péruvien
mexiquain=mexicain equatorien=équatorien equatoriens=équatoriens equatorienne=équatorienne
jamaicain=jamaïcain jamaicains=jamaïcains jamaicaine=jamaïcaine jamaicaines=jamaïcaines
Jamaicain=Jamaïcain Jamaicains=Jamaïcains Jamaique=Jamaïque thailandais=thaïlandais
thailandaise=thaïlandaise thailandaises=thaïlandaises Thailandais=Thaïlandais Thailande=Thaïlande
taiwanais=taïwanais taiwanaise=taïwanaise taiwanaises=taïwanaises Taiwanais=Taïwanais
azerbaidjanais=azerbaïdjanais azerbaidjanaise=azerbaïdjanaise Azerbaidjan=Azerbaïdjan
Azerbaidjanais=Azerbaïdjanais Azerbaijanais=Azerbaïdjanais azerbaijanais=azerbaïdjanais
koweitien=koweïtien koweitiens=koweïtiens koweitienne=koweïtienne Koweit=Koweït
Koweitiens=Koweïtiens bahreini=bahreïni Bahrein=Bahreïn Dubai=Dubaï Quebecois=Québécois
québecois=québécois québecoise=québécoise Québecois=Québécois quebecois=québécois
quebecoise=québécoise nepalais=népalais nepalaise=népalaise Nepalais=Népalais nigerien=nigérien
nigeriens=nigériens nigerian=nigérian nigerians=nigérians nigeriane=nigériane Nigerian=Nigérian
Nigerians=Nigérians senegalais=sénégalais senegalaise=sénégalaise Senegalais=Sénégalais
camerounnais=camerounais liberien=libérien liberiens=libériens Liberiens=Libériens guineen=guinéen
guineens=guinéens Guineens=Guinéens yemenite=yéménite yemenites=yéménites Yemenites=Yéménites
yéménien=yéménite yéméniens=yéménites Yéméniens=Yéménites Yemen=Yémen tchétchene=tchétchène
tchetchene=tchétchène tchetchenes=tchétchènes Tchetchenes=Tchétchènes Tchetchénie=Tchétchénie
tcheque=tchèque tcheques=tchèques Tcheque=Tchèque Tcheques=Tchèques Tchéque=Tchèque
tchéque=tchèque tchéques=tchèques slovene=slovène slovenes=slovènes Slovenes=Slovènes
Slovenie=Slovénie Moldovie=Moldavie moldovien=moldave moldoviens=moldaves bélarussien=biélorusse
Bielorussie=Biélorussie bielorusse=biélorusse bielorusses=biélorusses georgien=géorgien
georgiens=géorgiens georgienne=géorgienne Georgiens=Géorgiens armenien=arménien
armeniens=arméniens armenienne=arménienne Armeniens=Arméniens Kazakstan=Kazakhstan
Ouzbekistan=Ouzbékistan Tajikistan=Tadjikistan tajik=tadjik tajiks=tadjiks Tajiks=Tadjiks
uzbek=ouzbek uzbeks=ouzbeks Uzbeks=Ouzbeks kyrgyz=kirghiz Kyrgyz=Kirghiz uighur=ouïghour
uighurs=ouïghours Uighur=Ouïghour Uighurs=Ouïghours Uyghur=Ouïghour Uyghurs=Ouïghours
uyghur=ouïghour uyghurs=ouïghours Kurds=Kurdes Pashtun=Pachtoune Pashtuns=Pachtounes
pashtun=pachtoune pashtuns=pachtounes Pashtoun=Pachtoune Pashtouns=Pachtounes pashtouns=pachtounes
Bedouin=Bédouin Bedouins=Bédouins bedouin=bédouin bedouins=bédouins Tuareg=Touareg
Tuaregs=Touaregs tuareg=touareg tuaregs=touaregs Shiite=chiite Shiites=chiites shiite=chiite
shiites=chiites Shia=chiite Shias=chiites Shi'ite=chiite Shi'ites=chiites Shiisme=chiisme
shiisme=chiisme Sunni=sunnite Sunnis=sunnites Alawite=alaouite Alawites=alaouites alawite=alaouite
alawites=alaouites Druze=druze Druzes=druzes Yazidis=Yézidis Maronites=maronites
Salafist=salafiste Salafists=salafistes salafist=salafiste salafists=salafistes Wahhabi=wahhabite
Wahhabis=wahhabites jihadist=djihadiste jihadists=djihadistes Jihadist=djihadiste
Jihadists=djihadistes jihadi=djihadiste jihadis=djihadistes mujahideen=moudjahidines
Mujahideen=Moudjahidines mujahedeen=moudjahidines mujahedin=moudjahidines mujahidin=moudjahidines
Etas-Unis=États-Unis Etat-Unis=États-Unis État-Unis=États-Unis États-Unies=États-Unis
Etats-Unies=États-Unis Etatsunis=États-Unis Royaume-Unie=Royaume-Uni
Grande-Brétagne=Grande-Bretagne Grande-Bretange=Grande-Bretagne Allemange=Allemagne
Anglettere=Angleterre Pays-bas=Pays-Bas Nouvelle-Zelande=Nouvelle-Zélande
néo-zelandais=néo-zélandais neo-zélandais=néo-zélandais neo-zelandais=néo-zélandais
Cote_d'Ivoire=Côte_d'Ivoire Perou=Pérou Lybie=Libye lybien=libyen lybiens=libyens
lybienne=libyenne lybiennes=libyennes Lybien=Libyen Lybiens=Libyens libyien=libyen
Philipines=Philippines Phillipines=Philippines Phillippines=Philippines philipin=philippin
phillipin=philippin philippino=philippin soudannais=soudanais Malaisyen=Malaisien
Malaysie=Malaisie burmese=birman Burmese=birman bangladeshi=bangladais bangladeshis=bangladais
Bangladeshi=Bangladais Bangladeshis=Bangladais Bengladesh=Bangladesh srilankais=sri-lankais
Srilankais=Sri-Lankais Sri-lankais=Sri-Lankais pakistani=pakistanais pakistanis=pakistanais
Pakistani=Pakistanais Pakistanis=Pakistanais saudi=saoudien Saudi=saoudien Saudis=Saoudiens
saudis=saoudiens saudien=saoudien saudiens=saoudiens kuwaitien=koweïtien
Kuwaiti=Koweïtien Kuwaitis=Koweïtiens iraqi=irakien Iraqi=irakien Iraqis=Irakiens
israeli=israélien Israeli=israélien Israelis=Israéliens Lebanese=libanais Palestinian=palestinien
Palestinians=Palestiniens Iranians=Iraniens Egyptians=Égyptiens Russians=Russes Germans=Allemands
Italians=Italiens Americans=Américains Canadians=Canadiens Europeans=Européens Africans=Africains
Asians=Asiatiques Australians=Australiens Mexicans=Mexicains Japanese=japonais
Vietnamese=vietnamien Portuguese=portugais Ukrainians=Ukrainiens Serbs=Serbes Croats=Croates
Bosniaks=Bosniaques Bosniak=Bosniaque Kosovan=kosovar Albanians=Albanais Romanians=Roumains
Bulgarians=Bulgares Hungarians=Hongrois Czechs=Tchèques Slovaks=Slovaques Latvians=Lettons
Lithuanians=Lituaniens Estonians=Estoniens Finns=Finlandais Swedes=Suédois Danes=Danois
Norwegians=Norvégiens Icelanders=Islandais Austrians=Autrichiens Belgians=Belges
Spaniards=Espagnols Greeks=Grecs Turks=Turcs Armenians=Arméniens Georgians=Géorgiens
Chechens=Tchétchènes Chechen=tchétchène Koreans=Coréens Filipinos=Philippins
Indonesians=Indonésiens Cubans=Cubains Brazilians=Brésiliens Chileans=Chiliens Haitians=Haïtiens
Hondurans=Honduriens Honduran=hondurien Colombians=Colombiens Venezuelans=Vénézuéliens
Kenyans=Kényans Ethiopians=Éthiopiens Sudanese=soudanais Rwandans=Rwandais Ugandans=Ougandais
Zimbabweans=Zimbabwéens Libyans=Libyens Tunisians=Tunisiens Algerians=Algériens
Moroccans=Marocains Jordanians=Jordaniens Syrians=Syriens Yemenis=Yéménites
"""
_ACRONYMS: Final = """
NGOs=ONG MEPs=eurodéputés GMOs=OGM UFOs=OVNI ILO=OIT FRG=RFA USSR=URSS VAT=TVA MRI=IRM ADHD=TDAH
COPD=BPCO STD=MST STDs=MST STIs=IST SME=PME SMEs=PME GHG=GES LNG=GNL EEZ=ZEE NPT=TNP WMD=ADM
WMDs=ADM DPRK=RPDC ESM=MES EIB=BEI EBRD=BERD WMO=OMM UNCTAD=CNUCED UNDP=PNUD UNEP=PNUE ICTY=TPIY
ICTR=TPIR ECHR=CEDH ECJ=CJUE IOM=OIM ICAO=OACI ITU=UIT WIPO=OMPI BSE=ESB BMI=IMC IVF=FIV
ECOWAS=Cédéao AfDB=BAD FDI=IDE UNSC=Conseil_de_sécurité POWs=prisonniers_de_guerre UAVs=drones
"""
_WORKS: Final = """
The_Pianist=Le_Pianiste Breaking_Dawn=Révélation The_Godfather=Le_Parrain
Schindler's_List=La_Liste_de_Schindler Saving_Private_Ryan=Il_faut_sauver_le_soldat_Ryan
Lord_of_the_Rings=Le_Seigneur_des_anneaux The_Lord_of_the_Rings=Le_Seigneur_des_anneaux
The_Hobbit=Le_Hobbit The_Empire_Strikes_Back=L'Empire_contre-attaque
Return_of_the_Jedi=Le_Retour_du_Jedi Deathly_Hallows=Les_Reliques_de_la_mort
Half-Blood_Prince=Le_Prince_de_sang-mêlé The_King's_Speech=Le_Discours_d'un_roi
The_Hurt_Locker=Démineurs The_Da_Vinci_Code=Da_Vinci_Code
Gone_with_the_Wind=Autant_en_emporte_le_vent Gone_With_the_Wind=Autant_en_emporte_le_vent
The_Sound_of_Music=La_Mélodie_du_bonheur The_Wizard_of_Oz=Le_Magicien_d'Oz
The_Lion_King=Le_Roi_lion Beauty_and_the_Beast=La_Belle_et_la_Bête Snow_White=Blanche-Neige
Sleeping_Beauty=La_Belle_au_bois_dormant Cinderella=Cendrillon
Little_Red_Riding_Hood=Le_Petit_Chaperon_rouge Alice_in_Wonderland=Alice_au_pays_des_merveilles
The_Jungle_Book=Le_Livre_de_la_jungle The_Little_Mermaid=La_Petite_Sirène
Finding_Nemo=Le_Monde_de_Nemo Pirates_of_the_Caribbean=Pirates_des_Caraïbes
Raiders_of_the_Lost_Ark=Les_Aventuriers_de_l'arche_perdue
The_Silence_of_the_Lambs=Le_Silence_des_agneaux A_Clockwork_Orange=Orange_mécanique
The_Deer_Hunter=Voyage_au_bout_de_l'enfer Dead_Poets_Society=Le_Cercle_des_poètes_disparus
Sense_and_Sensibility=Raison_et_Sentiments Pride_and_Prejudice=Orgueil_et_Préjugés
Wuthering_Heights=Les_Hauts_de_Hurlevent Romeo_and_Juliet=Roméo_et_Juliette
The_Merchant_of_Venice=Le_Marchand_de_Venise The_Great_Gatsby=Gatsby_le_Magnifique
Animal_Farm=La_Ferme_des_animaux Brave_New_World=Le_Meilleur_des_mondes
The_Catcher_in_the_Rye=L'Attrape-cœurs Lord_of_the_Flies=Sa_Majesté_des_mouches
War_and_Peace=Guerre_et_Paix Crime_and_Punishment=Crime_et_Châtiment
The_Brothers_Karamazov=Les_Frères_Karamazov Don_Quixote=Don_Quichotte Swan_Lake=Le_Lac_des_cygnes
The_Nutcracker=Casse-Noisette The_Magic_Flute=La_Flûte_enchantée
The_Marriage_of_Figaro=Les_Noces_de_Figaro The_Barber_of_Seville=Le_Barbier_de_Séville
The_Flying_Dutchman=Le_Vaisseau_fantôme The_Last_Supper=La_Cène The_Little_Prince=Le_Petit_Prince
Phantom_of_the_Opera=Le_Fantôme_de_l'Opéra Fiddler_on_the_Roof=Un_violon_sur_le_toit
Santa_Claus=le_père_Noël Father_Christmas=le_père_Noël Valentine's_Day=Saint-Valentin
New_Year's_Eve=réveillon_du_Nouvel_An Christmas_Eve=réveillon_de_Noël Good_Friday=Vendredi_saint
Easter_Monday=lundi_de_Pâques Holy_Week=Semaine_sainte Big_Bad_Wolf=grand_méchant_loup
Tooth_Fairy=petite_souris Ugly_Duckling=vilain_petit_canard
"""
_TABLES: Final = {
    "persons": _PERSONS,
    "places": _PLACES,
    "peoples": _PEOPLES,
    "acronyms": _ACRONYMS,
    "works": _WORKS,
}
_NAME_PARTS: Final = frozenset("of the and & -".split())
_SPACE: Final = re.compile(r"[\s\u00a0\u202f]+")


def _table(lines: str) -> Mapping[str, str]:
    """English spelling to French, underscores made spaces."""
    pairs = (entry.replace("_", " ").partition("=") for entry in lines.split())
    return {english: french for english, _, french in pairs}


_READ: Final = {name: _table(lines) for name, lines in _TABLES.items()}
_LONGEST: Final = 6


def written_otherwise(annotated: Annotated, rule: Rule, resources: Resources) -> Iterator[Hit]:
    """A name in a spelling that is not the French one: « Tourgenev », « Haitiens »."""
    table = _READ.get(str(rule.options.get("names")))
    if table is None:
        raise rule.error(
            f"there is no list {rule.options.get('names')!r}",
            "options",
            expected=f"names: {', '.join(_READ)}",
        )
    tokens = annotated.tokens
    for sentence in annotated.sentences:
        if sentence.section == "furniture":
            continue
        i = sentence.first
        while i < sentence.last:
            end = i + 1
            for size in range(min(_LONGEST, sentence.last - i), 0, -1):
                text = annotated.text[tokens[i].start : tokens[i + size - 1].end]
                french = table.get(_SPACE.sub(" ", text))
                if french is None:
                    continue
                person = table in (_READ["persons"], _READ["works"])
                if not _within_name(annotated, i, i + size, person):
                    yield Hit(rule, tokens[i].start, tokens[i + size - 1].end, (french,))
                end = i + size
                break
            i = end


def _within_name(annotated: Annotated, first: int, last: int, person: bool) -> bool:
    """Whether the words are part of a longer name or an address; persons have several names."""
    tokens = annotated.tokens
    starts = {sentence.first for sentence in annotated.sentences}
    joined = first > 1 and annotated.norms[first - 1] in ("de", "d'")
    if joined and not person and tokens[first - 2].text[0].isupper():  # « Atizapán de Zaragoza »
        return True
    for k, near in ((first - 1, first), (last, last - 1)):
        if not 0 <= k < len(tokens):
            continue
        text = tokens[k].text
        touching = tokens[k].end == tokens[near].start or tokens[near].end == tokens[k].start
        if text in _NAME_PARTS or (touching and text in "&-/@#_"):
            return True
        edge = (near if k < near else k) in starts
        if not person and not edge and text[0].isupper() and k not in starts:
            return True
    return False
