import type { ExampleSession } from './example.ts';

export const sessions: readonly ExampleSession[] = [
  {
    key: 'nieuwsgierig-als-een-kleuter',
    themes: ['mensen-en-leiderschap'],
    organisations: ['ministerie-ocw'],
    title: { nl: 'Waarom een vijfjarige betere vragen stelt dan wij', en: 'Why a five-year-old asks better questions than we do' },
    summary: {
      nl: 'Kleuters vragen de hele dag waarom. Grote mensen doen dat alleen nog bij de koffieautomaat, en dat is zonde.',
      en: 'Small children ask why all day long. Grown-ups save it for the coffee machine, and that is a pity.',
    },
    description: {
      nl: 'Let eens op in je volgende overleg: hoeveel echte vragen hoor je, en hoeveel meningen met een vraagteken erachter? Kinderen zijn nieuwsgierig zonder schaamte. Wij leren het af, zeker als iedereen ons de deskundige noemt. We bekijken opnamen uit een kleuterklas, proberen drie soorten vragen op elkaar uit en maken samen een vragenlijstje voor jouw lastigste dossier. Ook leuk als je vindt dat je al genoeg vraagt. Je gaat weg met één vraag die je morgen echt gaat stellen, en met het lef om de stilte erna te laten duren.',
      en: 'Count them in your next meeting: how many real questions do you hear, and how many opinions with a question mark at the end? Children are curious without shame. We unlearn it, above all once people call us the expert. We watch recordings from an infant class, try three kinds of question on each other and write a short list of questions for the hardest file on your desk. You are welcome even if you think you ask plenty already. You leave with one question that you will really ask tomorrow, and the nerve to let the silence after it last.',
    },
    format: 'webinar', level: 'introductory', languages: ['nl'],
    day: 1, start: '11:00', minutes: 60, location: null, onSite: 0, online: null,
  },
  {
    key: 'durven-zeggen',
    themes: ['mensen-en-leiderschap'],
    organisations: ['ministerie-bzk', 'belastingdienst'],
    title: { nl: 'Durf jij te zeggen dat je het niet snapt?', en: 'Would you dare to say that you don’t get it?' },
    summary: {
      nl: 'Over psychologische veiligheid in gewone woorden: wat een team doet waarin je vragen, twijfels en fouten op tafel legt.',
      en: 'Psychological safety in plain words: what a team does when people put questions, doubts and mistakes on the table.',
    },
    description: {
      nl: 'Iedereen knikt, niemand begrijpt het plan. Je hebt het vast meegemaakt. Psychologische veiligheid klinkt zwaar, maar begint klein: wie praat er het eerst, wat gebeurt er na een domme vraag, en hoe kijkt de baas dan? Teams van de Belastingdienst vertellen wat zij anders zijn gaan doen en wat niet werkte.\n\nJe vult tijdens het webinar een korte test in over je eigen team. Alleen jij ziet de uitkomst. Daarna kies je uit zeven kleine gewoonten er één om deze maand te proberen. Voor teamleden en voor wie leiding geeft.',
      en: 'Everybody nods, nobody understands the plan. You have been in that room. Psychological safety sounds heavy, yet it starts small: who speaks first, what happens after a silly question, and what does the boss’s face do? Teams from the Tax Administration tell what they changed and what did not work.\n\nDuring the webinar you fill in a short test about your own team, and only you see the result. Then you pick one of seven small habits to try this month. For team members and for the people who lead them.',
    },
    format: 'webinar', level: 'introductory', languages: ['nl'],
    day: 2, start: '10:00', minutes: 75, location: null, onSite: 0, online: null,
  },
  {
    key: 'orkest-zonder-dirigent',
    themes: ['mensen-en-leiderschap', 'samen-werken'],
    organisations: ['defensie', 'ministerie-bzk'],
    title: { nl: 'Wie geeft de maat aan? Een orkest zonder dirigent', en: 'Who sets the beat? An orchestra without a conductor' },
    summary: {
      nl: 'Militaire muzikanten spelen zonder leider en stoppen halverwege om uit te leggen hoe zij dat doen. Jij zit ertussen.',
      en: 'Military musicians play without a leader and stop halfway to explain how they do it. You sit among them.',
    },
    description: {
      nl: 'Niemand zwaait met een stokje en toch zetten vijftien blazers tegelijk in. Hoe weten zij wanneer? Ze ademen hoorbaar, kijken opzij en spreken vooraf af wie bij welke maat de leiding neemt. Muzikanten van Defensie spelen een stuk drie keer: met dirigent, zonder, en met iemand die expres dwarsligt. In de zaal neem je plaats naast een muzikant; online kies je zelf welke microfoon je hoort.\n\nNa het applaus gaat het over leidinggeven in teams die zichzelf sturen. Wie neemt bij jullie de inzet? En wie durft er zachter te spelen? Noten lezen hoeft niet.',
      en: 'Nobody waves a baton, and still fifteen wind players come in together. How do they know when? They breathe so that others hear it, they look sideways, and they agree beforehand who leads at which bar. Musicians of the armed forces play one piece three times: with a conductor, without, and with somebody who is awkward on purpose. In the hall you sit next to a musician; online you choose which microphone you hear.\n\nAfter the applause we talk about leading teams that steer themselves. Who gives the cue in yours? And who dares to play more softly? No need to read music.',
    },
    format: 'hybrid', level: 'introductory', languages: ['nl', 'en'],
    day: 3, start: '15:00', minutes: 90, location: 'Utrecht, De Vereeniging', onSite: 120, online: 300,
  },
  {
    key: 'feedback-zonder-broodje',
    themes: ['mensen-en-leiderschap'],
    organisations: ['uwv'],
    title: { nl: 'Feedback zonder broodje', en: 'Feedback without the sandwich' },
    summary: {
      nl: 'Eerst iets aardigs, dan de klap, dan weer iets aardigs: niemand trapt er nog in. Oefen een eerlijker gesprek.',
      en: 'First something nice, then the blow, then something nice again: nobody falls for it any more. Practise a more honest talk.',
    },
    description: {
      nl: 'Het compliment vooraf is het geluid van een naderende bus. Trainers van UWV laten zien hoe je feedback geeft die de ander kan gebruiken: kort, over wat je zag, en met een vraag in plaats van een oordeel. Je oefent in drietallen met echte gevallen. De collega die altijd te laat levert, de chef die je onderbreekt, de vriend op het werk die een slecht stuk schreef.\n\nOok ontvangen komt aan bod, want dat is moeilijker. Neem één gesprek mee dat je al weken uitstelt. Aan het eind ligt de eerste zin klaar.',
      en: 'The compliment up front is the sound of a bus coming. Trainers from the employee insurance agency UWV show how to give feedback that somebody can use: short, about what you saw, with a question instead of a verdict. You practise in threes with real cases. The colleague who always delivers late, the boss who interrupts, the friend at work who wrote a poor paper.\n\nWe practise receiving as well, because that is harder. Bring one conversation that you have been putting off for weeks. By the end you have your first sentence ready.',
    },
    format: 'workshop', level: 'introductory', languages: ['nl'],
    day: 4, start: '13:30', minutes: 90, location: null, onSite: 0, online: 24,
  },
  {
    key: 'faalfestival',
    themes: ['mensen-en-leiderschap', 'proces-en-dienst'],
    organisations: ['rijkswaterstaat', 'ministerie-bzk'],
    title: { nl: 'Het Faalfestival: vijf projecten die mislukten, verteld door de teams die erbij waren', en: 'The Failure Festival: five projects that went wrong, told by the teams that were there' },
    summary: {
      nl: 'Een app die niemand opende, een proef die de verkeerde vraag beantwoordde. Leren van fouten, met applaus.',
      en: 'An app that nobody opened, a trial that answered the wrong question. Learning from mistakes, with applause.',
    },
    description: {
      nl: 'Over successen hoor je genoeg. Vanmiddag staan vijf teams in de studio met een project dat misging. Elk krijgt acht minuten: wat wilden we, waar ging het fout, wanneer wisten we het eigenlijk al, en waarom gingen we toch door? Daarna stelt het publiek vragen. Iemand de schuld geven mag niet, doorvragen wel.\n\nHet festival is voor iedereen die wel eens iets probeert. Je krijgt het Faalformulier mee, één bladzijde waarmee je in je eigen team een fout bespreekt zonder dat het een verhoor wordt. De mooiste les wint een lekke band.',
      en: 'You hear plenty about success. This afternoon five teams come to the studio with a project that went wrong. Each gets eight minutes: what did we want, where did it go off the rails, when did we really know, and why did we carry on? Then the audience asks. Blaming anybody is out, asking further is in.\n\nThe festival is for everybody who ever tries something. You take home the Failure Form, one page that helps your own team to talk about a mistake without turning it into an interrogation. The best lesson wins a flat tyre.',
    },
    format: 'broadcast', level: 'introductory', languages: ['nl'],
    day: 5, start: '15:30', minutes: 75, location: null, onSite: 0, online: null,
  },
  {
    key: 'aan-de-keukentafel',
    themes: ['mensen-en-leiderschap'],
    organisations: ['ministerie-bzk'],
    title: { nl: 'Hoe is het daar, aan je keukentafel?', en: 'How are things at your kitchen table?' },
    summary: {
      nl: 'Thuiswerken zonder te verpieteren: een eerlijk gesprek over stilte, grenzen en de kat op je toetsenbord.',
      en: 'Working from home without wilting: an honest talk about silence, limits and the cat on your keyboard.',
    },
    description: {
      nl: 'Thuis werk je rustig door tot je merkt dat je sinds gisteren niemand hebt gesproken. De een bloeit op, de ander raakt kwijt waar het werk ophoudt. We laten zien wat onderzoek over thuiswerken zegt, en daarna hoor je drie collega-teams over hun vaste gewoonten: een belrondje zonder agenda, een echte middagpauze, een afspraak over late mailtjes.\n\nZelf maak je een weekplan op één kaartje: wat doe ik thuis, waarvoor ga ik naar kantoor, en hoe weet mijn huisgenoot dat ik klaar ben? Camera aan hoeft niet. Pantoffels mogen.',
      en: 'At home you work on in peace until you notice that you have not spoken to a soul since yesterday. One person thrives, another loses track of where work ends. We show what research says about working from home, and then three teams talk about their habits: a round of calls without an agenda, a real lunch break, an agreement on late mail.\n\nYou make your own week plan on one card: what do I do at home, what do I go to the office for, and how does the family know that I am done? Camera off is fine. So are slippers.',
    },
    format: 'webinar', level: 'introductory', languages: ['nl'],
    day: 6, start: '09:30', minutes: 45, location: null, onSite: 0, online: 300,
  },
  {
    key: 'wat-de-imker-weet',
    themes: ['mensen-en-leiderschap'],
    organisations: ['rijksvastgoedbedrijf', 'ministerie-lvvn'],
    title: { nl: 'Wat een imker weet van teams', en: 'What a beekeeper knows about teams' },
    summary: {
      nl: 'Een lunchpodcast vanaf een kantoordak, tussen de bijenkasten. Over taken wisselen, samen besluiten en een koningin die niets te zeggen heeft.',
      en: 'A lunchtime podcast from an office roof, among the hives. About swapping jobs, deciding together and a queen who is not in charge.',
    },
    description: {
      nl: 'Een bij begint als schoonmaker, wordt voedster, daarna bouwer en bewaker, en pas op het eind gaat zij op reis. Niemand deelt die taken uit. En als het volk een nieuw huis zoekt, dansen de verkenners net zo lang tot de meesten het eens zijn.\n\nWe nemen de podcast live op, met mensen die bijen houden op rijksgebouwen en in het bos. Wat kan een team leren van een volk dat nooit vergadert? Waar gaat de vergelijking mank? Stuur je vraag tijdens het luisteren. Handig bij een boterham, liefst met honing.',
      en: 'A bee starts as a cleaner, becomes a nurse, then a builder and a guard, and only at the end does she travel. Nobody hands out those jobs. And when the colony looks for a new home, the scouts keep dancing until most of them agree.\n\nWe record the podcast live with people who keep bees on government buildings and in the forest. What can a team learn from a colony that never holds meetings? Where does the comparison break down? Send in your question while you listen. Goes well with a sandwich, preferably with honey.',
    },
    format: 'podcast', level: 'introductory', languages: ['nl'],
    day: 7, start: '12:15', minutes: 45, location: null, onSite: 0, online: null,
  },
  {
    key: 'ja-en',
    themes: ['mensen-en-leiderschap'],
    organisations: ['douane'],
    title: { nl: 'Ja, en: improvisatietheater voor mensen die graag een plan hebben', en: 'Yes, and: improvisation theatre for people who like to have a plan' },
    summary: {
      nl: 'Twee uur op sokken, zonder tekst en zonder voorbereiding. Je leert luisteren naar wat er wél gezegd wordt.',
      en: 'Two hours in your socks, with no script and no preparation. You learn to listen to what is actually being said.',
    },
    description: {
      nl: 'Aan de grens loopt geen enkele controle volgens het boekje. Daarom spelen teams van de Douane improvisatietheater: wie kan reageren op iets wat niemand verwachtte, blijft rustig en vriendelijk. Je begint met spelletjes die iedereen kan. Daarna bouw je met onbekenden een scène door elk voorstel te beantwoorden met ja, en.\n\nNiemand hoeft grappig te zijn; dat gaat vanzelf. Voor beleidsmakers, balie en alles ertussen. Trek iets aan waarin je op de grond kunt zitten. Je neemt drie oefeningen mee die in een teamoverleg van tien minuten passen.',
      en: 'At the border no inspection ever goes by the book. So teams of Dutch Customs do improvisation theatre: people who can respond to what nobody expected stay calm and kind. You start with games that anybody can play. Then you build a scene with strangers by answering every offer with yes, and.\n\nNobody has to be funny; that happens by itself. For policy makers, front desk staff and everyone in between. Wear something you can sit on the floor in. You take home three exercises that fit in ten minutes of a team meeting.',
    },
    format: 'workshop', level: 'introductory', languages: ['nl'],
    day: 8, start: '13:00', minutes: 120, location: 'Den Haag, Rijnstraat 8', onSite: 24, online: 0,
  },
  {
    key: 'tegenspraak-oefenen',
    themes: ['mensen-en-leiderschap'],
    organisations: ['ministerie-bzk', 'ministerie-financien'],
    title: { nl: 'Tegenspraak is een cadeau, maar hoe pak je het in?', en: 'Dissent is a gift, but how do you wrap it?' },
    summary: {
      nl: 'Oefen met een acteur het moment waarop je nee zegt tegen je directeur, of waarop iemand nee zegt tegen jou.',
      en: 'With an actor, practise the moment when you say no to your director, or when somebody says no to you.',
    },
    description: {
      nl: 'De nota gaat vanavond de tas in en jij ziet een gat in het verhaal. Zeg je het? Tegen wie, en hoe laat? In kleine groepen speel je zo’n moment na met een acteur die de bewindspersoon, de chef of de haastige collega speelt. Eerst zoals het meestal gaat, daarna opnieuw.\n\nWe gebruiken vier vormen: de vraag, de waarschuwing, het alternatief en de streep. Je ontdekt welke jij altijd kiest. Wie leiding geeft, oefent het moeilijkste: bedanken en even je mond houden. Een mooi vervolg op ‘Durf jij te zeggen dat je het niet snapt?’, maar zo instappen kan ook.',
      en: 'The note goes into the minister’s bag tonight and you see a hole in the story. Do you say so? To whom, and at what hour? In small groups you replay such a moment with an actor who plays the minister, the boss or the colleague in a hurry. First the way it usually goes, then again.\n\nWe use four forms: the question, the warning, the alternative and the line in the sand. You discover which one you always choose. Those who lead practise the hardest part: thanking, then staying silent. A good sequel to ‘Would you dare to say that you don’t get it?’, though not required.',
    },
    format: 'workshop', level: 'intermediate', languages: ['nl'],
    day: 9, start: '09:30', minutes: 120, location: null, onSite: 0, online: 30, deepens: 'durven-zeggen',
  },
  {
    key: 'vol-is-vol',
    themes: ['mensen-en-leiderschap', 'veilig-en-gezond'],
    organisations: ['ministerie-szw'],
    title: { nl: 'Vol is vol: minder werkdruk in vier weken', en: 'Full is full: less pressure of work in four weeks' },
    summary: {
      nl: 'Drie teams hingen al hun werk aan één muur en schrokken. Wat lieten ze vallen, en wie moest dat weten?',
      en: 'Three teams put all their work on one wall and got a fright. What did they drop, and who had to be told?',
    },
    description: {
      nl: 'Zeg eens hardop waar je nu allemaal aan werkt. Kom je boven de zes dingen, eet dan je boterham bij ons. Werkdruk komt vaak niet van te veel werk alleen, maar van werk in snippers dat nooit af is. Drie teams deden een proef van vier weken: alles zichtbaar aan één muur, hooguit twee klussen tegelijk, en wie iets nieuws bracht, wees aan wat ervoor moest wijken.\n\nZe vertellen hoe hun opdrachtgevers reageerden, wat lucht gaf en wat na een week al sneuvelde. Leidinggevenden krijgen een stappenplan, teamleden vijf vriendelijke zinnen om nee te zeggen.',
      en: 'Say aloud what you are working on right now. If you get past six things, eat your sandwich with us. Pressure of work often comes not just from too much work, but from work in shreds that is never finished. Three teams ran a four-week trial: everything visible on one wall, two jobs at a time at most, and whoever brought something new pointed out what had to make way.\n\nThey tell how their clients reacted, what gave air and what had died after a week. Managers get a plan in steps, team members five friendly sentences to say no.',
    },
    format: 'webinar', level: 'introductory', languages: ['nl'],
    day: 10, start: '12:15', minutes: 45, location: null, onSite: 0, online: null,
  },
  {
    key: 'drie-minuten-verhaal',
    themes: ['mensen-en-leiderschap', 'samen-werken'],
    organisations: ['nationaal-archief'],
    title: { nl: 'Drie minuten, een kist en een verhaal', en: 'Three minutes, a box and a story' },
    summary: {
      nl: 'Avond tussen de archieven: bezoekers vertellen bij één voorwerp een waar verhaal over hun werk. Jij mag, maar hoeft niet.',
      en: 'An evening among the archives: visitors tell a true story about their work, with one object in hand. You may, but need not.',
    },
    description: {
      nl: 'Een schaatsvergunning, een gele brief, een pasje van een dienst die niet meer bestaat. Op tafel staat een kist met voorwerpen. Wie wil, pakt er een en vertelt drie minuten over iets wat echt gebeurde. Archiefmedewerkers doen het voor en leggen uit waarom sommige verhalen honderd jaar meegaan: een mens, een keuze en een kleinigheid die je voor je ziet.\n\nVerhalen vertellen kun je leren, ook als je normaal in tabellen denkt. Er is appeltaart. Thuis kijk je mee, met een voorwerp van jezelf in de hand. Opnemen doen we alleen als de verteller dat goedvindt.',
      en: 'A skating permit, a yellow letter, a pass of a service that no longer exists. On the table stands a box of objects. If you like, you take one and talk for three minutes about something that really happened. Archivists go first and explain why some stories last a hundred years: a human being, a choice and one detail that you can see before you.\n\nStorytelling can be learned, even if you normally think in tables. There is apple pie. At home you watch along, an object of your own in hand. We only record when the teller agrees.',
    },
    format: 'social', level: 'introductory', languages: ['nl'],
    day: 11, start: '19:30', minutes: 90, location: 'Den Haag, Nationaal Archief', onSite: 40, online: 150,
  },
  {
    key: 'wie-mist-er-aan-tafel',
    themes: ['mensen-en-leiderschap'],
    organisations: ['cbs', 'ministerie-szw'],
    title: { nl: 'Wie mist er aan tafel? Diversiteit begint bij de vacaturetekst', en: 'Who is missing at the table? Diversity starts with the job advert' },
    summary: {
      nl: 'Herschrijf een echte vacature, bekijk een sollicitatie zonder naam en ontdek wat je zonder het te merken weggooit.',
      en: 'Rewrite a real advert, read an application without a name and find out what you throw away without noticing.',
    },
    description: {
      nl: '‘Stevige gesprekspartner met helikopterblik’ trekt steeds dezelfde mensen aan. In deze workshop nemen we een bestaande vacature en schrijven die om, tot ook iemand met een beperking, een omweg in de loopbaan of een andere achtergrond zichzelf erin herkent. Daarna lees je zes brieven zonder naam, leeftijd en foto. Wie nodig je uit? En verandert dat als je het wel weet?\n\nOnderzoekers van het CBS laten zien wat cijfers over diversiteit bij de overheid wel en niet vertellen. Neem je eigen vacature mee als je er een open hebt staan.',
      en: '‘Robust sparring partner with a helicopter view’ always attracts the same people. Together we take a real advert and rewrite it until somebody with a disability, a winding career or another background can see themselves in it. Then you read six letters without name, age or photo. Whom do you invite? And does that change once you know?\n\nResearchers of Statistics Netherlands show what figures about diversity in government do and do not tell. Bring your own vacancy if you have one open. We work in Dutch and in English; say at the start which group you prefer.',
    },
    format: 'workshop', level: 'intermediate', languages: ['nl', 'en'],
    day: 12, start: '10:00', minutes: 90, location: null, onSite: 0, online: 40,
  },
  {
    key: 'mijn-mentor-is-26',
    themes: ['mensen-en-leiderschap'],
    organisations: ['ministerie-bzk', 'ministerie-ienw'],
    title: { nl: 'Mijn mentor is 26', en: 'My mentor is 26' },
    summary: {
      nl: 'Jonge ambtenaren coachen directeuren. Na een half jaar vertellen drie duo’s wat dat met hen allebei deed.',
      en: 'Young civil servants coach directors. After half a year three pairs tell what it did to both of them.',
    },
    description: {
      nl: 'Omgekeerd mentoraat is simpel: een jonge ambtenaar en een directeur spreken elkaar elke maand een uur, en de jongste bepaalt de agenda. Het ging over stukken die niemand leest, over waarom iemand na twee jaar weer vertrekt, en één keer over hoe je een filmpje knipt. Drie duo’s praten openhartig, ook over de keer dat het pijnlijk stil viel.\n\nEn jij? Op het prikbord hang je wat je zoekt of kunt bieden, ongeacht je leeftijd. De organisatie maakt nieuwe duo’s over de grenzen van ministeries heen, die in januari beginnen.',
      en: 'Reverse mentoring is simple: a young civil servant and a director talk for an hour every month, and the younger one sets the agenda. They spoke about papers that nobody reads, about why people leave after two years, and once about how to cut a video. Three pairs talk openly, also about the time it went painfully quiet.\n\nAnd you? On the notice board you put what you are looking for or can offer, whatever your age. The organisers make new pairs across ministries, which start in January.',
    },
    format: 'meeting', level: 'introductory', languages: ['nl'],
    day: 13, start: '15:00', minutes: 75, location: null, onSite: 0, online: 100, visibility: 'internal',
  },
  {
    key: 'zigzag',
    themes: ['mensen-en-leiderschap'],
    organisations: ['ministerie-bzk'],
    title: { nl: 'Zigzag: zes korte gesprekken over je loopbaan met mensen die je nooit zou spreken', en: 'Zigzag: six short talks about your career with people you would never meet' },
    summary: {
      nl: 'Van bewaker naar data-analist, van jurist naar boswachter. Een loopbaan hoeft geen ladder te zijn.',
      en: 'From prison officer to data analyst, from lawyer to forest ranger. A career does not have to be a ladder.',
    },
    description: {
      nl: 'Elke acht minuten zit je tegenover iemand anders, uit een andere dienst en met een ander vak. Op je scherm staat een vraag die de beleefdheden overslaat. Welk deel van je werk zou je gratis doen? Waar zei je ja tegen terwijl je nee dacht? Wat zou je proberen als je niet kon dalen in schaal?\n\nTussen de rondes geven loopbaanadviseurs van het Rijk korte tips over detacheren, een snuffelstage en een goed gesprek met je chef. Je hoeft niet weg te willen. Na zes gesprekken stuur je één iemand een uitnodiging voor koffie.',
      en: 'Every eight minutes you sit opposite somebody else, from another service and another trade. A question on your screen skips the small talk. Which part of your job would you do for free? What did you say yes to while thinking no? What would you try if you could not lose pay?\n\nBetween rounds, career advisers of the central government give short tips on secondments, job shadowing and a good talk with your manager. You do not have to want to leave. After six talks you invite one person for coffee.',
    },
    format: 'social', level: 'introductory', languages: ['nl'],
    day: 14, start: '16:00', minutes: 60, location: null, onSite: 0, online: 60,
  },
  {
    key: 'half-hier-half-daar',
    themes: ['mensen-en-leiderschap', 'samen-werken'],
    organisations: ['ministerie-ienw', 'rvo'],
    title: { nl: 'Half hier, half daar: hoe blijft een hybride team een team?', en: 'Half here, half there: how does a hybrid team stay a team?' },
    summary: {
      nl: 'Wie veel op kantoor is, valt eerder op en krijgt de leukste klussen. Maak afspraken die voor iedereen eerlijk zijn.',
      en: 'People who are often in the office get noticed and land the nicest jobs. Make agreements that are fair to all.',
    },
    description: {
      nl: 'De nieuwe collega werkt hier vijf maanden en heeft de helft van het team nog nooit in het echt gezien. De dinsdag is overvol, de vrijdag uitgestorven. Een hybride team gaat niet vanzelf goed. We leggen een gewone werkmaand op tafel en kijken waar het schuurt: inwerken, gezien worden, even iets vragen, samen een fout rechtzetten.\n\nIn Utrecht werk je aan een muur met kaarten, thuis aan dezelfde muur op het scherm. Leidinggevenden en teamleden zitten bewust door elkaar. Aan het eind ligt er een teamafspraak in gewone taal, met een datum om hem weer weg te gooien.',
      en: 'The new colleague has been here for five months and has never met half of the team in the flesh. Tuesdays are packed, Fridays deserted. A hybrid team does not run well by itself. We lay an ordinary month of work on the table and look where it chafes: settling in, being seen, asking something quickly, putting a mistake right together.\n\nIn Utrecht you work at a wall of cards, at home at the same wall on your screen. Managers and team members are mixed on purpose. At the end there is a team agreement in plain language, with a date on which to throw it away again.',
    },
    format: 'hybrid', level: 'intermediate', languages: ['nl'],
    day: 15, start: '10:00', minutes: 90, location: 'Utrecht, kantoor Rijkswaterstaat', onSite: 30, online: 60,
  },
  {
    key: 'advocaat-van-de-duivel',
    themes: ['mensen-en-leiderschap'],
    organisations: ['ministerie-bzk', 'ministerie-jenv'],
    title: { nl: 'De advocaat van de duivel heeft een functieprofiel', en: 'The devil’s advocate has a job description' },
    summary: {
      nl: 'Zo regel je tegenspraak vooraf, bij besluiten die je niet meer kunt terugdraaien. Met drie vormen en een echt dossier.',
      en: 'How to arrange dissent beforehand, for decisions that you cannot undo. With three methods and a real file.',
    },
    description: {
      nl: 'Moed is mooi, maar een organisatie die op moed drijft, heeft iets niet goed geregeld. We bekijken drie vaste vormen van tegenspraak. De vooruitblik waarin je doet alsof het plan is mislukt. Het tegenteam dat een week krijgt om jouw voorstel te slopen. De buitenstaander die als enige mag zeggen: we zijn nog niet klaar.\n\nJe werkt in vertrouwen aan een dossier van een van de deelnemers. Voor adviseurs, projectleiders en leidinggevenden die al hebben geoefend met tegenspreken. Je maakt een opzet van één bladzijde voor je eerstvolgende grote besluit.',
      en: 'Courage is fine, but an organisation that runs on courage has left something unarranged. We look at three fixed forms of dissent. The look ahead in which you pretend that the plan has failed. The counter-team that gets one week to demolish your proposal. The outsider who alone may say: we are not finished.\n\nYou work in confidence on a file that one of the participants brings. For advisers, project leaders and managers who have already practised speaking up. You draft one page for your next big decision.',
    },
    format: 'workshop', level: 'advanced', languages: ['nl'],
    day: 16, start: '13:30', minutes: 90, location: null, onSite: 0, online: 20, visibility: 'internal', deepens: 'tegenspraak-oefenen',
  },
  {
    key: 'coachen-in-het-bos',
    themes: ['mensen-en-leiderschap'],
    organisations: ['ministerie-lvvn'],
    title: { nl: 'Coachen in het bos, met modder aan je schoenen', en: 'Coaching in the forest, with mud on your shoes' },
    summary: {
      nl: 'Naast elkaar lopen praat makkelijker dan tegenover elkaar zitten. Leer een collega coachen in vier bochten.',
      en: 'Talking is easier side by side than face to face. Learn to coach a colleague in four bends of the path.',
    },
    description: {
      nl: 'Boswachters weten het al lang: wie loopt, zegt meer. Met zijn tweeën wandel je door het Haagse Bos, telkens een half uur coach en een half uur degene met de vraag. Bij elke bocht hangt een kaartje met een opdracht. Vat samen. Zwijg tot de volgende boom. Vraag wat er gebeurt als alles bij het oude blijft.\n\nHalverwege drinken we thee en vergelijken we wat het wandelen met het gesprek doet. Voor iedereen die collega’s helpt nadenken, met of zonder titel. Ook bij regen; neem een jas mee. Het pad is vlak en er is een route voor rolstoelen.',
      en: 'Forest rangers have known it for ages: people say more when they walk. In pairs you stroll through the Haagse Bos, half an hour as the coach and half an hour as the one with the question. At every bend hangs a card with a task. Sum up. Stay silent until the next tree. Ask what happens if everything stays as it is.\n\nHalfway we have tea and compare what walking does to the talk. For everybody who helps colleagues to think, with or without a title. Rain or shine, so bring a coat. The path is level and there is a route for wheelchairs.',
    },
    format: 'meeting', level: 'introductory', languages: ['nl'],
    day: 17, start: '13:00', minutes: 120, location: 'Den Haag, Haagse Bos', onSite: 16, online: 0, full: true,
  },
  {
    key: 'nee-is-ook-informatie',
    themes: ['mensen-en-leiderschap'],
    organisations: ['cjib', 'ministerie-szw'],
    title: { nl: 'Nee is ook informatie', en: 'No is information too' },
    summary: {
      nl: 'Omgaan met weerstand als je iets wilt veranderen: vier soorten nee, en wat ze je proberen te vertellen.',
      en: 'Handling resistance when you want to change something: four kinds of no, and what they try to tell you.',
    },
    description: {
      nl: 'Je nieuwe werkwijze is goed doordacht, en toch zit de afdeling met de armen over elkaar. Misschien is dat geen onwil. Het nee van ‘ik snap het niet’ vraagt iets anders dan het nee van ‘ik kan dit niet’, ‘ik ben iets kwijt’ of ‘jullie hebben iets over het hoofd gezien’. Vooral dat laatste nee is goud waard.\n\nTeams die zelf een grote verandering meemaakten, vertellen van beide kanten: degene die trok en degene die remde. Je kiest één weerstand uit je eigen werk, zoekt uit welk soort nee het is en bedenkt je volgende zet.',
      en: 'Your new way of working is well thought out, and still the department sits there with folded arms. Perhaps that is not unwillingness. The no of ‘I don’t get it’ asks for something else than the no of ‘I can’t do this’, ‘I am losing something’ or ‘you have overlooked something’. That last no is worth gold.\n\nTeams that went through a big change tell about it from both sides: those who pulled and those who braked. You pick one case of resistance from your own work, find out which kind of no it is and think of your next move.',
    },
    format: 'webinar', level: 'intermediate', languages: ['nl'],
    day: 18, start: '11:00', minutes: 60, location: null, onSite: 0, online: 250,
  },
  {
    key: 'mijn-team-gebruikt-ai',
    themes: ['mensen-en-leiderschap', 'technologie-en-data'],
    organisations: ['duo', 'ministerie-bzk'],
    title: { nl: 'Een collega laat stiekem alles door een chatbot schrijven. Hoe begin je daar als leidinggevende over?', en: 'A colleague secretly lets a chatbot write everything. As a manager, how do you bring that up?' },
    summary: {
      nl: 'Voor wie leiding geeft aan mensen die stiekem, trots of helemaal niet met een chatbot werken. Met een gesprek dat je zo kunt overnemen.',
      en: 'For people who lead colleagues that use a chatbot in secret, with pride or not at all. With a conversation that you can copy.',
    },
    description: {
      nl: 'De verslagen zijn ineens foutloos en klinken allemaal hetzelfde. De een gebruikt AI en zwijgt erover, een ander vindt het valsspelen. Een derde is bang dat zijn baan verdwijnt. Leidinggeven in zo’n team gaat niet over techniek, maar over vertrouwen en vakmanschap.\n\nTeamleiders van DUO laten zien hoe zij het gesprek openden: met een spel met stellingen, een rondje ‘wat geef ik nooit uit handen’ en afspraken op één A4. We bespreken wat volgens de regels van het Rijk wel en niet mag met kunstmatige intelligentie. Je krijgt de kaarten van het spel en plant meteen een datum.',
      en: 'All of a sudden the minutes are flawless and sound the same. One colleague uses AI and keeps quiet, another calls it cheating. A third fears for his job. Leading such a team is not about technology but about trust and craft.\n\nTeam leaders of DUO, the education agency, show how they opened the conversation: with a game of statements, a round of ‘what I never hand over’ and agreements on a single sheet. We discuss what the government’s own rules do and do not allow with artificial intelligence. You get the cards of the game, and you set a date on the spot.',
    },
    format: 'webinar', level: 'intermediate', languages: ['nl'],
    day: 19, start: '09:30', minutes: 75, location: null, onSite: 0, online: null,
  },
];
