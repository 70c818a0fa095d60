import type { ExampleSession } from './example.ts';

export const sessions: readonly ExampleSession[] = [
  {
    key: 'water-voor-de-deur',
    themes: ['veilig-en-gezond'],
    organisations: ['rijkswaterstaat', 'knmi'],
    title: { nl: 'Het water staat voor de deur. Wie belt wie?', en: 'The water is at the door. Who calls whom?' },
    summary: {
      nl: 'Wateroverlast in een stad die niet bestaat, met buien die wel echt vielen. Jij beslist mee, elk half uur opnieuw.',
      en: 'Flooding in a town that does not exist, with rain that did fall. You help to decide, every half hour anew.',
    },
    description: {
      nl: 'Om kwart voor vier valt er in een uur zo veel regen als anders in een maand. De tunnel loopt vol, een verpleeghuis vraagt om pompen, de sluis kan nog één ding doen. In dit webinar speel je een middag wateroverlast na met metingen van een echte bui. Bij elke stap stemt de zaal: waarschuwen, wachten, afsluiten?\n\nDaarna vertellen mensen van de weerkamer en het waterbeheer wat zij zouden doen en wat zij niet konden weten. Voorkennis heb je niet nodig. Je krijgt het spel mee om met je eigen crisisteam te spelen.',
      en: 'At a quarter to four as much rain falls in an hour as normally in a month. The tunnel fills up, a nursing home asks for pumps, the lock can do one more thing. In this webinar you replay an afternoon of flooding with measurements from a real downpour. At each step the audience votes: warn, wait, close?\n\nThen people from the weather room and from water management say what they would do, and what they could not have known. You need no knowledge beforehand. Take the game home and play it with your own crisis team.',
    },
    format: 'webinar', level: 'introductory', languages: ['nl'],
    day: 4, start: '09:30', minutes: 75, location: null, onSite: 0, online: null,
  },
  {
    key: 'alles-op-zwart',
    themes: ['veilig-en-gezond', 'technologie-en-data'],
    organisations: ['politie', 'logius'],
    title: { nl: 'Alles op zwart', en: 'All screens black' },
    summary: {
      nl: 'Maandagochtend, elk scherm vraagt om losgeld. Speel een cyberaanval na met collega’s die niet van de ICT zijn.',
      en: 'Monday morning, every screen demands a ransom. Play through a cyberattack with colleagues who are not from IT.',
    },
    description: {
      nl: 'Bij een cyberaanval kijkt iedereen naar de techniek, maar de eerste vragen zijn heel gewoon. Hoe bereik je je mensen zonder mail? Wie vertelt de burger dat de uitkering later komt? Betaal je? Je speelt in teams van zes een aanval die zich in anderhalf uur ontvouwt, elk met een eigen rol: directeur, woordvoerder, jurist, balie, systeembeheer en buitenwacht.\n\nDigitale rechercheurs van de politie spelen de aanvaller en vertellen achteraf waar zij op hoopten. Je houdt er een papieren bellijst aan over, want die blijkt niemand te hebben.',
      en: 'In a cyberattack everybody looks at the technology, yet the first questions are quite ordinary. How do you reach your people without mail? Who tells citizens that their benefit will be late? Do you pay? In teams of six you play an attack that unfolds in an hour and a half, each with a role: director, spokesperson, lawyer, front desk, system manager and outside world.\n\nDigital detectives of the police play the attacker and tell afterwards what they were hoping for. You end up with a phone list on paper, because it turns out that nobody has one.',
    },
    format: 'workshop', level: 'intermediate', languages: ['nl'],
    day: 5, start: '10:00', minutes: 105, location: null, onSite: 0, online: 36,
  },
  {
    key: 'nacht-met-de-helikopter',
    themes: ['veilig-en-gezond'],
    organisations: ['defensie', 'ministerie-ienw'],
    title: { nl: 'Een nacht met de crew van de reddingshelikopter', en: 'A night with the crew of the rescue helicopter' },
    summary: {
      nl: 'Live vanuit de hangaar: vier mensen, één oproep en heel weinig tijd. Wat zeggen zij tegen elkaar, en wat niet?',
      en: 'Live from the hangar: four people, one call and very little time. What do they say to each other, and what do they leave out?',
    },
    description: {
      nl: 'Boven de Noordzee kun je elkaar niet verkeerd verstaan. De bemanning van de reddingshelikopter zegt alles dubbel, vraagt de jongste als eerste om een oordeel en mag elke vlucht afbreken met één woord. We zenden uit vanuit de hangaar. Je hoort een oefening mee over de boordradio, en de crew legt per zin uit waarom die zo klinkt.\n\nAls er een echte oproep komt, gaan zij, en wij praten door met de technici. Voor iedereen die werkt onder druk, ook als er in jouw werk niemand in zee ligt. Met chocolademelk op de bank mag.',
      en: 'Above the North Sea you cannot afford to misunderstand one another. The crew of the rescue helicopter says everything twice, asks the most junior person for a verdict first, and each of them can break off a flight with one word. We broadcast from the hangar. You hear an exercise over the radio on board, and the crew explains, sentence by sentence, why it sounds like that.\n\nIf a real call comes, they go and we talk on with the technicians. For everybody who works under pressure, even if nobody is in the sea. Hot chocolate on the sofa is allowed.',
    },
    format: 'broadcast', level: 'introductory', languages: ['nl'],
    day: 6, start: '19:30', minutes: 90, location: null, onSite: 0, online: null,
  },
  {
    key: 'zit-niet',
    themes: ['veilig-en-gezond'],
    organisations: ['ministerie-vws'],
    title: { nl: 'Zit niet', en: 'Stand up' },
    summary: {
      nl: 'Een half uur bewegen in je lunchpauze, zonder sportkleding en zonder dat de buren het zien. Met uitleg waarom het helpt.',
      en: 'Half an hour of movement in your lunch break, no sports kit, nothing the neighbours would notice. And why it helps.',
    },
    description: {
      nl: 'Wie acht uur zit, maakt dat met één avond sporten niet helemaal goed. Kort en vaak bewegen werkt beter dan je denkt: twee minuten per half uur scheelt al. Een bewegingscoach neemt je mee door oefeningen bij het aanrecht, op de trap en zelfs tijdens een saai overleg. Alles kan ook zittend of met een beperking.\n\nTussendoor hoor je wat bekend is over gezondheid en kantoorwerk, in gewone taal. Aan het eind zet je drie vaste beweegmomenten in je agenda. De rest van de maand krijg je op maandag een oefening in je mail, als je dat wilt.',
      en: 'If you sit for eight hours, one evening of sport does not quite make up for it. Short and often works better than you think: two minutes in every half hour already count. A movement coach takes you through exercises at the kitchen counter, on the stairs and even during a dull meeting. All of it can be done seated or with a disability.\n\nIn between you hear, in plain words, what is known about health and office work. At the end you put three fixed moments in your diary. For the rest of the month you get one exercise by mail each Monday, if you wish.',
    },
    format: 'webinar', level: 'introductory', languages: ['nl'],
    day: 3, start: '12:15', minutes: 30, location: null, onSite: 0, online: null,
  },
  {
    key: 'snuffelen-aan-lucht',
    themes: ['veilig-en-gezond', 'technologie-en-data'],
    organisations: ['rivm'],
    title: { nl: 'Bouw zelf een neus voor fijnstof', en: 'Build your own nose for fine dust' },
    summary: {
      nl: 'In twee uur soldeer je een meter voor luchtkwaliteit, hang je hem op en zie je jouw straat op de kaart verschijnen.',
      en: 'In two hours you solder an air quality meter, hang it up and see your street appear on the map.',
    },
    description: {
      nl: 'Wat ademt een kind in dat langs de provinciale weg naar school fietst? Het landelijk meetnet staat niet in elke straat, maar bewoners wel. In de werkplaats van het RIVM bouw je een eenvoudige sensor voor luchtkwaliteit. Onderzoekers laten zien hoe zij duizenden goedkope metingen samen toch betrouwbaar maken, en wanneer dat niet lukt.\n\nHandig zijn hoeft niet: er is iemand die je soldeer vasthoudt. Het gaat ook over het gesprek daarna. Wat zeg je tegen bewoners als hun meter rood kleurt? Je neemt je sensor mee naar huis.',
      en: 'What does a child breathe who cycles to school along a busy road? The national network does not reach every street, but residents do. In the RIVM workshop you build a simple sensor for air quality. Researchers show how they make thousands of cheap measurements reliable together, and when that does not work.\n\nYou do not have to be handy: somebody will hold your solder. It is also about the talk that follows. What do you say to residents when their meter turns red? You take your sensor home.',
    },
    format: 'workshop', level: 'introductory', languages: ['nl'],
    day: 2, start: '13:00', minutes: 120, location: 'Bilthoven, RIVM', onSite: 24, online: 0,
  },
  {
    key: 'maak-nepnieuws',
    themes: ['veilig-en-gezond'],
    organisations: ['ministerie-bzk', 'ministerie-az'],
    title: { nl: 'Maak je eigen nepnieuws en trap er daarna nooit meer in', en: 'Make your own fake news and never fall for it again' },
    summary: {
      nl: 'Een uur lang ben je de baas van een leugenfabriek. Wie de trucs gebruikt, herkent ze de volgende dag in zijn eigen tijdlijn.',
      en: 'For one hour you run a factory of lies. If you use the tricks, you will spot them in your own feed the next day.',
    },
    description: {
      nl: 'Er gaat een gerucht dat het kraanwater in een verzonnen stad blauw kleurt. Jouw team moet het verspreiden, met een boze foto, een halve waarheid, een deskundige die geen deskundige is en een heleboel uitroeptekens. Een ander team van voorlichters probeert je bij te houden. Na een uur ruilen jullie van kant.\n\nZo merk je zelf waarom feiten vaak te laat komen en wat wel werkt: op tijd waarschuwen voor de truc, mensen serieus nemen, het gerucht niet herhalen. Voor communicatie, beleid en de frontlinie. Alle berichten blijven in ons afgesloten speelveld.',
      en: 'Rumour has it that the tap water in an invented town is turning blue. Your team has to spread it, with an angry photo, half a truth, an expert who is no expert and a great many exclamation marks. Another team of press officers tries to keep up. After an hour you swap sides.\n\nYou notice for yourself why facts often come too late and what does work: warn about the trick in time, take people seriously, do not repeat the rumour. For communication, policy and the front line. All messages stay inside our closed playing field. There is a Dutch and an English group.',
    },
    format: 'workshop', level: 'introductory', languages: ['nl', 'en'],
    day: 7, start: '14:00', minutes: 90, location: null, onSite: 0, online: 40,
  },
  {
    key: 'hitte-in-de-wijk',
    themes: ['veilig-en-gezond'],
    organisations: ['knmi', 'rivm'],
    title: { nl: 'Wie zet bij 38 graden de buurvrouw in de schaduw?', en: 'At 38 degrees, who moves the lady next door into the shade?' },
    summary: {
      nl: 'Hitte is stil en treft steeds dezelfde mensen. Over kaarten, bomen, waaiers en een telefoontje op tijd.',
      en: 'Heat is silent and hits the same people every time. About maps, trees, fans and a phone call in time.',
    },
    description: {
      nl: 'In november praten over hitte lijkt gek, maar wie in juli begint, is te laat. Weerkundigen van het KNMI en gezondheidskundigen van het RIVM leggen hun kaarten op elkaar: waar blijft het ’s nachts warm, wie woont daar alleen, welke school heeft geen schaduw? Je ziet hoe een lokaal hitteplan eruitziet dat op één bladzijde past.\n\nAan de hand van één straat kiezen we wat het meest uithaalt voor het minste geld. Voor wie werkt aan wonen, zorg, onderwijs of de openbare ruimte. Je kunt de kaart van je eigen gemeente erbij pakken.',
      en: 'Talking about heat in November seems odd, but if you start in July you are late. Weather experts of the KNMI and health experts of the RIVM lay their maps on top of each other: where does it stay warm at night, who lives there alone, which school has no shade? You see what a local heat plan looks like when it fits on one page.\n\nWith one street as an example we choose what does the most for the least money. For people who work on housing, care, education or public space. Keep the map of your own municipality at hand.',
    },
    format: 'webinar', level: 'introductory', languages: ['nl'],
    day: 8, start: '11:00', minutes: 60, location: null, onSite: 0, online: null,
  },
  {
    key: 'bijna-van-de-fiets',
    themes: ['veilig-en-gezond'],
    organisations: ['rdw', 'ministerie-ienw'],
    title: { nl: 'Net niet van de fiets gevallen, en toch in de cijfers', en: 'Nearly knocked off your bike, and still in the figures' },
    summary: {
      nl: 'Verkeersveiligheid meten voordat het misgaat: wat bijna-ongelukken, fietsbellen en camera’s ons vertellen.',
      en: 'Measuring road safety before things go wrong: what near misses, bicycle bells and cameras tell us.',
    },
    description: {
      nl: 'Een kruispunt heet gevaarlijk zodra er iemand gewond raakt. Dat moet eerder kunnen. Drie proeven zoeken naar signalen van vóór het ongeluk: auto’s die hard remmen, fietsers die bellen, kinderen die op een kaart tekenen waar ze afstappen. Die laatste bron bleek verrassend scherp.\n\nWe laten de gegevens zien, ook de rommel die erin zit, en bespreken wat mag van de privacyregels. Jij kijkt mee naar beelden van één kruising en voorspelt waar het fout gaat. Werk je aan verkeersveiligheid, scholen of straatontwerp? De tekenopdracht voor een schoolklas mag je overnemen.',
      en: 'A junction is called dangerous once somebody gets hurt. We should know earlier. Three trials look for signs from before the accident: cars that brake hard, cyclists who ring, children who draw on a map where they get off and walk. That last source turned out surprisingly sharp.\n\nWe show the data, including the mess in it, and discuss what privacy rules allow. You look at footage of one crossing and predict where it goes wrong. Do you work on road safety, schools or street design? Feel free to use the drawing task with a class.',
    },
    format: 'webinar', level: 'intermediate', languages: ['nl'],
    day: 9, start: '10:30', minutes: 60, location: null, onSite: 0, online: 300,
  },
  {
    key: 'op-pad-met-de-inspecteur',
    themes: ['veilig-en-gezond'],
    organisations: ['nvwa'],
    title: { nl: 'Op pad met de inspecteur: wat een thermometer vertelt over ons voedsel', en: 'Out with the inspector: what a thermometer tells about our food' },
    summary: {
      nl: 'Loop een ochtend langs koeling, keuken en kraam, en leer kijken als iemand die al duizend vrieskisten heeft geopend.',
      en: 'Spend a morning among fridges, kitchens and stalls, and learn to look like somebody who has opened a thousand freezers.',
    },
    description: {
      nl: 'Een goede inspecteur ruikt het voordat het apparaat iets zegt. Met een klein groepje loop je mee langs ondernemers die daar zelf ja op zeiden. Je steekt een thermometer in de kip, leest een etiket tot het einde en ziet waarom een ondernemer soms liever een tip krijgt dan een boete.\n\nNa afloop bespreken we bij de koffie hoe de NVWA kiest waar zij gaat kijken: met gegevens, meldingen en ervaring. Voor wie toezicht houdt, regels maakt of gewoon nieuwsgierig is naar veilig voedsel. Stevige schoenen, haren vast en geen sieraden.',
      en: 'A good inspector smells it before the device says anything. In a small group you visit traders who agreed to it themselves. You stick a thermometer into the chicken, read a label to the very end and see why a trader is sometimes better served by a tip than by a fine.\n\nAfterwards, over coffee, we discuss how the food authority NVWA chooses where to look: with data, reports and experience. For people who inspect, people who make rules and people who are simply curious about safe food. Sturdy shoes, hair tied back, no jewellery.',
    },
    format: 'tour', level: 'introductory', languages: ['nl'],
    day: 10, start: '09:00', minutes: 180, location: 'Rotterdam, Markthal', onSite: 14, online: 0,
  },
  {
    key: 'zorg-zonder-vinkjes',
    themes: ['veilig-en-gezond', 'proces-en-dienst'],
    organisations: ['ministerie-vws', 'ictu'],
    title: { nl: 'Zorg zonder vinkjes: een week in de wijkverpleging met een leeg klembord', en: 'Care without tick boxes: a week of district nursing with an empty clipboard' },
    summary: {
      nl: 'Een wijkteam mocht een week lang alles overslaan waar niemand beter van werd. Luister wat zij toch bleven opschrijven.',
      en: 'For a week, a team of district nurses could skip everything that made nobody better. Hear what they kept writing down all the same.',
    },
    description: {
      nl: 'Steunkousen aan: vijf minuten. Vastleggen dat de steunkousen aan zijn: ook vijf minuten. In deze aflevering fietsen we mee met wijkverpleegkundigen in een proef waarin alleen werd genoteerd wat de volgende collega echt moest weten. Wat gebeurde er met de tijd, de fouten en het werkplezier?\n\nLive in de uitzending reageren mensen van het ministerie, die de regels ooit met goede bedoelingen maakten. Je kunt vragen inspreken. Een mooi vervolg als je bij het regels schrappen was: dit is wat er na het schrappen komt. Ook los te volgen, bijvoorbeeld op de fiets naar huis.',
      en: 'Putting on compression stockings: five minutes. Recording that the stockings are on: another five. In this episode we cycle along with district nurses in a trial where they only noted what the next colleague really had to know. What happened to time, mistakes and joy in the job?\n\nLive on air people from the ministry respond, who once made the rules with the best of intentions. You can send in spoken questions. A good next step if you helped to scrap rules: this is what comes after scrapping. It also stands on its own, for instance on your ride home.',
    },
    format: 'podcast', level: 'introductory', languages: ['nl'],
    day: 12, start: '16:00', minutes: 45, location: null, onSite: 0, online: null, deepens: 'regels-op-de-brandstapel',
  },
  {
    key: 'lunch-uit-het-noodpakket',
    themes: ['veilig-en-gezond'],
    organisations: ['ministerie-jenv', 'defensie'],
    title: { nl: 'Lunch uit het noodpakket', en: 'Lunch from the emergency kit' },
    summary: {
      nl: 'Koud uit blik, bij kaarslicht en zonder telefoon. Aan tafel praten we over drie dagen zonder stroom.',
      en: 'Cold from a tin, by candlelight and without phones. Over lunch we talk about three days without power.',
    },
    description: {
      nl: 'Er zijn bonen, crackers en een radio die je moet opdraaien. Meer niet. Je schuift aan bij mensen die je niet kent en loopt samen drie dagen zonder stroom door. De lift, de pinpas, de insuline van de buurman op drie hoog. Wat doet jouw dienst dan nog, en wie klopt er bij wie aan?\n\nWeerbaarheid klinkt groot, maar aan deze tafels wordt het klein en praktisch. Je schrijft een briefje voor je eigen straat en een voor je eigen kantoor. Allergie? Meld het bij je aanmelding, dan zoeken we een ander blik.',
      en: 'There are beans, crackers and a radio that you have to wind up. Nothing else. You join people you do not know and walk through three days without power. The lift, the bank card, the insulin of the man on the third floor. What can your service still do, and who knocks on whose door?\n\nResilience sounds grand, but at these tables it becomes small and practical. You write a note for your own street and one for your own office. An allergy? Tell us when you sign up and we will find another tin.',
    },
    format: 'social', level: 'introductory', languages: ['nl'],
    day: 13, start: '12:15', minutes: 60, location: 'Den Haag, Turfmarkt 147', onSite: 40, online: 0,
  },
  {
    key: 'achter-de-schermen-van-het-water',
    themes: ['veilig-en-gezond'],
    organisations: ['rijkswaterstaat'],
    title: { nl: 'Achter de schermen van het water', en: 'Behind the scenes of the water' },
    summary: {
      nl: 'Bezoek de zaal waar dag en nacht iemand naar de rivieren kijkt, en draai zelf een dienst op een dag die uit de hand liep.',
      en: 'Visit the room where somebody watches the rivers day and night, and run a shift yourself on a day that got out of hand.',
    },
    description: {
      nl: 'Aan de muur hangen de Rijn, de Maas en de zee, in lijnen die soms ineens omhoog knikken. Je krijgt een rondleiding langs de mensen die voorspellen, en daarna neem je in een groepje van vier hun stoel over. De waterstanden van een oude hoogwaternacht lopen opnieuw binnen. Wanneer geef je code oranje, en wie bel je uit bed?\n\nDeze middag gaat verder waar het wateroverlastspel ophoudt: minder spel, meer twijfel. Neem een geldig identiteitsbewijs mee. Het centrum heeft een lift en een aangepast toilet.',
      en: 'On the wall hang the Rhine, the Meuse and the sea, in lines that sometimes bend upwards all at once. You tour the people who forecast, and then, in groups of four, you take over their chairs. The water levels of an old flood night come in again. When do you issue code orange, and whom do you get out of bed?\n\nThis afternoon starts where the flooding game stops: less game, more doubt. Bring a valid identity document. The centre has a lift and an accessible toilet.',
    },
    format: 'tour', level: 'intermediate', languages: ['nl'],
    day: 14, start: '13:00', minutes: 180, location: 'Lelystad, Watermanagementcentrum', onSite: 16, online: 0, deepens: 'water-voor-de-deur', full: true,
  },
  {
    key: 'de-lege-plank',
    themes: ['veilig-en-gezond', 'inkoop-en-start-ups'],
    organisations: ['ministerie-vws', 'rivm'],
    title: { nl: 'De lege plank: wat doen we als medicijnen op zijn?', en: 'The empty shelf: what do we do when medicines run out?' },
    summary: {
      nl: 'Van grondstof tot apotheek: waar het stokt, wat Europa doet en waarom samen inkopen niet alles oplost.',
      en: 'From raw material to pharmacy: where it jams, what Europe does and why buying together does not solve everything.',
    },
    description: {
      nl: 'Een apotheker belt elf groothandels voor één doosje. Steeds vaker zijn gewone medicijnen tijdelijk niet te krijgen, en bijna niemand overziet de hele keten. We volgen één antibioticum van de fabriek naar het nachtkastje en zetten bij elke stap een vlag waar het kan misgaan.\n\nOp tafel liggen vier antwoorden: voorraad aanleggen, samen inkopen, dichter bij huis maken, of slimmer uitwisselen. Elk kost iets anders. Je stemt voor en na. De helft is in het Engels, want onze gasten werken ook in andere landen; ondertiteling staat aan. Voorkennis van zorg is prettig, niet verplicht.',
      en: 'A pharmacist phones eleven wholesalers for one box. More and more often ordinary medicines cannot be had for a while, and hardly anybody oversees the whole chain. We follow one antibiotic from factory to bedside table and plant a flag at each step where things can go wrong.\n\nFour answers are on the table: keep stock, buy together, make it closer to home, or share more cleverly. Each costs something different. You vote before and after. Half of it is in English, because our guests work abroad as well; captions are on. It helps to know a little about health care, but you need not.',
    },
    format: 'webinar', level: 'intermediate', languages: ['nl', 'en'],
    day: 15, start: '14:00', minutes: 60, location: null, onSite: 0, online: 300,
  },
  {
    key: 'het-riool-weet-alles',
    themes: ['veilig-en-gezond'],
    organisations: ['rivm'],
    title: { nl: 'Wat het riool al over ons weet', en: 'What the sewer already knows about us' },
    summary: {
      nl: 'Een virus, een medicijn, een festivalweekend: alles komt langs. In het Engels, met een sterke maag.',
      en: 'A virus, a medicine, a festival weekend: it all flows past. In English; bring a strong stomach.',
    },
    description: {
      nl: 'Voordat iemand hoest, staat het soms al in het afvalwater. Onderzoekers vertellen hoe een flesje rioolwater een waarschuwing wordt, wat er in de vrachtauto gebeurt en waarom een voetbalwedstrijd te zien is in de grafiek. Het riool is eerlijk: iedereen doet mee, niemand met naam.\n\nJuist daarom is er een lastige vraag. Hoe klein mag de wijk zijn voordat meten gluren wordt? Je denkt mee met een ethicus en stemt over drie gevallen. De voertaal is Engels. Leuk voor wie werkt met gezondheid, gegevens of buizen, en voor wie nog gespreksstof zoekt voor een verjaardag.',
      en: 'Sometimes it shows in the waste water before anybody coughs. Researchers tell how a small bottle of sewage becomes a warning, what happens in the lorry and why you can see a football match in the graph. The sewer is honest: everybody takes part, nobody by name.\n\nThat is exactly where a hard question lies. How small may a neighbourhood be before measuring becomes peeping? You think along with an ethicist and vote on three cases. Spoken in English. Good for people who work with health, data or pipes, and for anybody who still needs a topic for a birthday party.',
    },
    format: 'webinar', level: 'introductory', languages: ['en'],
    day: 16, start: '11:00', minutes: 60, location: null, onSite: 0, online: null,
  },
  {
    key: 'wat-zeg-je-als-je-niets-weet',
    themes: ['veilig-en-gezond'],
    organisations: ['ministerie-jenv', 'politie'],
    title: { nl: 'Wat zeg je als je nog niets weet? Het eerste uur van een ramp', en: 'What do you say when you know nothing yet? The first hour of a disaster' },
    summary: {
      nl: 'Er is een knal geweest, de telefoons gaan en de feiten ontbreken. Schrijf het eerste bericht en houd de eerste persconferentie.',
      en: 'There has been a bang, phones are ringing and facts are missing. Write the first message and hold the first press conference.',
    },
    description: {
      nl: 'Zwarte rook boven de haven, scholen die bellen, een filmpje dat al tienduizend keer is gedeeld. In het eerste uur van een crisis wil iedereen iets van je horen en weet je bijna niets. Toch is zwijgen de slechtste keus. Je schrijft in tien minuten een bericht dat klopt, helpt en niet over een uur ingetrokken moet worden.\n\nDaarna sta je achter de microfoon, met verslaggevers die niet aardig zijn. Woordvoerders die bij echte rampen in dienst waren, kijken mee en vertellen waar zij spijt van hebben. Omdat dat vertrouwelijk is, komen hier alleen rijksambtenaren.',
      en: 'Black smoke above the port, schools that ring, a video that has been shared ten thousand times. In the first hour of a crisis everybody wants to hear from you and you know next to nothing. Yet silence is the worst choice. In ten minutes you write a message that is right, that helps and that you need not withdraw an hour later.\n\nThen you stand behind the microphone, facing reporters who are not kind. Spokespersons who were on duty during real disasters watch and tell you what they regret. As that is confidential, this afternoon is for central government staff only.',
    },
    format: 'workshop', level: 'intermediate', languages: ['nl'],
    day: 17, start: '13:30', minutes: 120, location: 'Den Haag, Turfmarkt 147', onSite: 30, online: 0, visibility: 'internal',
  },
  {
    key: 'het-licht-van-de-lantaarn',
    themes: ['veilig-en-gezond'],
    organisations: ['politie', 'ministerie-jenv'],
    title: { nl: 'Het licht van de lantaarn: een avondwandeling over veiligheid op straat', en: 'Lamplight: an evening walk about safety in the street' },
    summary: {
      nl: 'Loop in het donker door de stad met wijkagenten en ontwerpers, en zie waarom je op de ene hoek sneller loopt dan op de andere.',
      en: 'Walk through the dark city with neighbourhood officers and designers, and see why you speed up at one corner and not at the next.',
    },
    description: {
      nl: 'Een heg op ooghoogte, een lamp die de verkeerde kant op schijnt, een bankje waar niemand gaat zitten. Veiligheid op straat begint vaak met kleine dingen die je overdag niet opvallen. Je loopt drie kilometer met een groepje van zes. Onderweg geef je op een kaartje aan waar je je op je gemak voelt, en je vergelijkt dat met de anderen.\n\nDe verschillen tussen mannen en vrouwen, jong en oud zijn groot, en leerzaam. Wijkagenten vertellen wat er wel en niet gebeurt op die plekken. Na afloop drinken we iets warms en kiezen we één hoek om te verbeteren.',
      en: 'A hedge at eye level, a lamp that shines the wrong way, a bench where nobody sits. Safety in the street often starts with small things that you do not notice by day. You walk three kilometres in a group of six. On the way you mark on a card where you feel at ease, and compare it with the others.\n\nThe differences between men and women, young and old, are large and telling. Neighbourhood officers say what does and does not happen in those spots. Afterwards we have something warm to drink and choose one corner to improve.',
    },
    format: 'tour', level: 'introductory', languages: ['nl'],
    day: 18, start: '19:30', minutes: 120, location: 'Rotterdam, Stadhuis', onSite: 18, online: 0,
  },
  {
    key: 'wakker-om-vier-uur',
    themes: ['veilig-en-gezond', 'mensen-en-leiderschap'],
    organisations: ['dienst-justitiele-inrichtingen', 'douane'],
    title: { nl: 'Wakker om vier uur', en: 'Awake at four in the morning' },
    summary: {
      nl: 'Wie ’s nachts werkt, slaapt slecht en eet raar. Nachtwerkers van het Rijk delen wat hun lichaam hun heeft geleerd.',
      en: 'People who work nights sleep badly and eat oddly. The government’s night workers share what their bodies taught them.',
    },
    description: {
      nl: 'In de haven, in de gevangenis en in de meldkamer brandt altijd licht. Mensen die daar al jaren in ploegendienst werken, weten dingen die in geen folder staan: over de boterham van drie uur, zonnebrillen in november en de kunst van nee zeggen tegen een verjaardag. Slaaponderzoekers zeggen erbij wat klopt en wat een fabel is.\n\nRoostermakers zijn hartelijk welkom, want gezond werken begint bij het rooster. We verzamelen ideeën voor een betere nacht en kiezen er drie die een dienst in december gaat proberen. Geen nachtdienst, wel slechte slaper? Kom ook.',
      en: 'In the port, in prison and in the control room the lights are always on. People who have worked shifts there for years know things that no leaflet tells: about the three o’clock sandwich, sunglasses in November and the art of saying no to a birthday. Sleep researchers add what is right and what is a myth.\n\nPeople who make rosters are most welcome, because healthy work starts there. We collect ideas for a better night and choose three that one service will try in December. No night shifts, but a bad sleeper? Come too.',
    },
    format: 'meeting', level: 'introductory', languages: ['nl'],
    day: 19, start: '16:00', minutes: 60, location: null, onSite: 0, online: 150,
  },
  {
    key: 'voorkomen-is-een-vak',
    themes: ['veilig-en-gezond', 'samen-werken'],
    organisations: ['ministerie-vws', 'cpb'],
    title: { nl: 'Voorkomen is een vak: waarom niemand preventie wil betalen en hoe het toch lukt', en: 'Prevention is a craft: why nobody wants to pay for it and how it happens anyway' },
    summary: {
      nl: 'De een betaalt de trapleuning, de ander spaart de heup uit. Reken mee aan een lastig sommetje.',
      en: 'One pays for the banister, another saves the cost of the hip. Help to do a tricky sum.',
    },
    description: {
      nl: 'Een gebroken heup kost een fortuin, een stevige trapleuning bijna niets. Toch komt die leuning er vaak niet, want wie hem betaalt ziet de winst nooit terug. Zo gaat het bij veel preventie: roken, schulden, eenzaamheid, slechte tanden. Rekenmeesters van het CPB en mensen van VWS leggen in gewone taal uit waar het geld blijft hangen.\n\nToch lukt het soms. In drie streken vulden partijen samen een potje. Wat spraken ze af, en wie deed een stap terug? Voor wie in beleid, zorg of financiën werkt. Je krijgt een rekenvel dat je op je eigen plan kunt loslaten.',
      en: 'A broken hip costs a fortune, a sturdy banister next to nothing. Yet the banister often does not come, because whoever pays never sees the gain. Much of prevention works like that: smoking, debts, loneliness, bad teeth. Number crunchers of the policy analysis bureau CPB and people from the health ministry explain in plain words where the money gets stuck.\n\nYet sometimes it works. In three regions parties filled a pot together. What did they agree, and who took a step back? For people in policy, care or finance. You get a worksheet to let loose on your own plan.',
    },
    format: 'webinar', level: 'intermediate', languages: ['nl'],
    day: 20, start: '10:00', minutes: 60, location: null, onSite: 0, online: null,
  },
];
