import type { ExampleSession } from './example.ts';

export const sessions: readonly ExampleSession[] = [
  {
    key: 'snapt-je-tante-deze-brief',
    themes: ['proces-en-dienst'],
    organisations: ['belastingdienst', 'duo'],
    title: { nl: 'Snapt je tante deze brief?', en: 'Would your aunt understand this letter?' },
    summary: {
      nl: 'We nemen een echte overheidsbrief en halen er net zo lang moeilijke zinnen uit tot iedereen weet wat hij moet doen.',
      en: 'We take a real government letter and remove difficult sentences until everybody knows what to do.',
    },
    description: {
      nl: '‘Gelet op het bovenstaande verzoeken wij u.’ Tante is al afgehaakt. Vandaag gaat een brief van drie bladzijden onder het mes, live, met het publiek erbij. Wat wil de lezer als eerste weten? Welke zin staat er alleen voor onze eigen juristen? Mensen die moeite hebben met lezen zeggen waar zij stoppen, en dat is nooit waar wij dachten.\n\nAan het eind staat er één bladzijde, en de jurist kan ermee leven. Brieven begrijpelijk maken is geen talent maar een rijtje vragen. Dat rijtje krijg je mee.',
      en: '‘In view of the foregoing you are requested to.’ Auntie is gone already. Today a letter of three pages goes under the knife, live, with the audience. What does the reader want to know first? Which sentence is only there for our own lawyers? People who find reading hard say where they stop, and it is never where we thought.\n\nIn the end one page remains, and the lawyer can live with it. Writing clear letters is not a talent but a list of questions. You get the list.',
    },
    format: 'webinar', level: 'introductory', languages: ['nl'],
    day: 1, start: '14:00', minutes: 60, location: null, onSite: 0, online: null,
  },
  {
    key: 'eerst-bellen',
    themes: ['proces-en-dienst'],
    organisations: ['cjib', 'svb'],
    title: { nl: 'Eerst bellen, dan pas aanmanen', en: 'Call first, remind later' },
    summary: {
      nl: 'Hoe help je burgers met schulden voordat de stapel enveloppen te hoog wordt? Luister naar vijf telefoongesprekken.',
      en: 'How do you help people in debt before the pile of envelopes gets too high? Listen to five phone calls.',
    },
    description: {
      nl: 'Wie geldzorgen heeft, maakt post niet meer open. Nog een aanmaning helpt dan niet. Een vriendelijk telefoontje wel, als je weet wat je zegt in de eerste twintig seconden. We luisteren naar vijf nagespeelde gesprekken en zetten ze stil op het moment dat het kantelt.\n\nTeams van het CJIB en de SVB vertellen hoe zij samen één regeling treffen in plaats van allebei te innen, en waar de wet nog in de weg zit. Voor wie brieven stuurt, geld int of beleid maakt over burgers met schulden. Je krijgt het gespreksschema van één bladzijde.',
      en: 'People with money worries stop opening their post. One more reminder does not help. A friendly phone call does, if you know what to say in the first twenty seconds. We listen to five re-enacted calls and stop them at the moment they turn.\n\nTeams of the collection agency CJIB and the Social Insurance Bank tell how they make one arrangement together instead of both collecting, and where the law is still in the way. For people who send letters, collect money or make policy on debt. You get the one-page guide to the call.',
    },
    format: 'webinar', level: 'introductory', languages: ['nl'],
    day: 2, start: '13:30', minutes: 60, location: null, onSite: 0, online: null,
  },
  {
    key: 'wachten-in-het-pretpark',
    themes: ['proces-en-dienst'],
    organisations: ['ind', 'rdw'],
    title: { nl: 'Wat een pretpark weet van wachten', en: 'What a theme park knows about waiting' },
    summary: {
      nl: 'Een uur in de rij en toch vrolijk: dat is geen toeval. Over wachttijden korter maken, en wachten draaglijk als dat niet lukt.',
      en: 'An hour in the queue and still cheerful: that is no accident. On shorter waiting times, and on bearable ones when short is not possible.',
    },
    description: {
      nl: 'In een pretpark weet je precies hoe lang je nog staat, zie je beweging en krijg je nooit het gevoel dat er iemand voordringt. Bij de overheid wacht je zes maanden op een brief waarin staat dat het langer duurt. We leggen die twee naast elkaar.\n\nEerst de rekenles: waarom één vrije plek in de planning de hele rij korter maakt. Dan de mensenles: wat je iemand vertelt die moet wachten op een besluit over zijn verblijf of zijn rijbewijs. Je tekent de rij in je eigen dienst en zoekt de plek waar hij stropt.',
      en: 'In a theme park you know exactly how long you will stand there, you see things move and you never feel that somebody jumps the queue. With the government you wait six months for a letter that says it will take longer. We lay the two side by side.\n\nFirst the sum: why one free slot in the schedule shortens the whole queue. Then the human side: what you tell somebody who waits for a decision on their residence or their driving licence. You draw the queue in your own service and find the place where it sticks.',
    },
    format: 'webinar', level: 'introductory', languages: ['nl'],
    day: 3, start: '10:00', minutes: 60, location: null, onSite: 0, online: 300,
  },
  {
    key: 'regels-op-de-brandstapel',
    themes: ['proces-en-dienst', 'samen-werken'],
    organisations: ['ministerie-financien', 'ministerie-szw'],
    title: { nl: 'De grote regelschrapmiddag: neem je stomste interne regel mee en kijk of hij de uitgang haalt', en: 'The great rule-scrapping afternoon: bring your silliest internal rule and see if it makes it to the exit' },
    summary: {
      nl: 'Minder bureaucratie begint bij de regels die we zelf verzonnen. Drie minuten pleiten, een jury, en dan blijven of weg.',
      en: 'Less bureaucracy starts with the rules that we invented ourselves. Three minutes to plead, a jury, then stay or go.',
    },
    description: {
      nl: 'Waarom moeten vier mensen tekenen voor een doos stiften? Niemand weet het nog, maar het staat in de regeling. Vanmiddag breng jij zo’n regel voor de rechtbank. Jij klaagt aan, iemand anders verdedigt, want elke regel had ooit een reden. Daarna stemt de zaal: houden, vereenvoudigen of schrappen.\n\nAan tafel zitten mensen die regels ook echt kunnen intrekken; bij eenvoudige gevallen gebeurt dat ter plekke. De rest krijgt een eigenaar en een datum, en in december staat op de site hoe het afliep. Online kun je ook pleiten.',
      en: 'Why do four people have to sign for a box of felt pens? Nobody remembers, but it is in the regulations. This afternoon you take such a rule to court. You prosecute, somebody else defends, for every rule once had a reason. Then the room votes: keep, simplify or scrap.\n\nAt the table sit people who can really withdraw rules; simple cases are settled on the spot. The others get an owner and a date, and in December the site shows how each ended. You can plead online too.',
    },
    format: 'hybrid', level: 'introductory', languages: ['nl'],
    day: 4, start: '13:30', minutes: 90, location: 'Den Haag, Korte Voorhout 7', onSite: 50, online: 200,
  },
  {
    key: 'het-kortste-formulier',
    themes: ['proces-en-dienst'],
    organisations: ['duo', 'svb'],
    title: { nl: 'Op zoek naar het kortste formulier van Nederland', en: 'In search of the shortest form in the Netherlands' },
    summary: {
      nl: 'Van 64 vragen naar 9, zonder dat er iets misging. Hoe je durft te schrappen in een formulier.',
      en: 'From 64 questions to 9, and nothing went wrong. How to find the nerve to cut a form.',
    },
    description: {
      nl: 'Achter elke vraag op een formulier zit iemand die het antwoord ooit nodig had. Leeft die persoon nog? En weten we het antwoord eigenlijk al ergens anders? In drie kwartier lopen we één aanvraag langs, vraag voor vraag, met de mensen die de antwoorden verwerken. Schrappen, vooraf invullen of beter stellen: meer smaken zijn er niet.\n\nJe ziet opnamen van mensen die het oude en het nieuwe formulier invullen, met zuchten en al. Stuur je eigen formulier vooraf in; we kiezen er twee om ter plekke korter te maken.',
      en: 'Behind each question on a form sits somebody who once needed the answer. Is that person still around? And do we not know the answer from elsewhere? In three quarters of an hour we walk through one application, question by question, with the people who process the answers. Cut it, fill it in beforehand or ask it better: those are the only flavours.\n\nYou see recordings of people filling in the old and the new form, sighs included. Send in your own form beforehand; we pick two to shorten on the spot.',
    },
    format: 'webinar', level: 'introductory', languages: ['nl'],
    day: 5, start: '11:00', minutes: 45, location: null, onSite: 0, online: null,
  },
  {
    key: 'ochtend-achter-het-loket',
    themes: ['proces-en-dienst'],
    organisations: ['uwv'],
    title: { nl: 'Een ochtend achter het loket', en: 'A morning behind the counter' },
    summary: {
      nl: 'Schuif aan bij collega’s die elke dag mensen tegenover zich hebben. Je zegt niets, je kijkt, en je schrikt soms.',
      en: 'Sit beside colleagues who face people every day. You say nothing, you watch, and now and then you are shaken.',
    },
    description: {
      nl: 'Om negen uur komt er iemand binnen met een tas vol ongeopende post. Wat doet de medewerker eerst? Je zit een ochtend naast iemand aan het loket, alleen als de bezoeker dat goedvindt, en let op één ding: waar past ons beleid niet bij het leven van deze persoon?\n\nTussen de gesprekken door vertellen de medewerkers wat zij elke week uitleggen en liever zouden veranderen. We eindigen met een lunch waarin je één belofte doet aan de collega naast wie je zat. Bedoeld voor mensen die zelf nooit een burger spreken. Je tekent vooraf voor geheimhouding.',
      en: 'At nine somebody walks in with a bag full of unopened post. What does the adviser do first? For one morning you sit next to somebody at the counter, only if the visitor agrees, and watch for one thing: where does our policy not fit this person’s life?\n\nBetween talks the staff tell you what they explain every week and would rather change. We end with lunch, during which you make one promise to the colleague you sat with. Meant for people who never speak to a citizen in their own job. You sign a confidentiality form beforehand.',
    },
    format: 'tour', level: 'introductory', languages: ['nl'],
    day: 7, start: '09:00', minutes: 180, location: 'Amsterdam, kantoor UWV', onSite: 12, online: 0, full: true,
  },
  {
    key: 'als-er-iemand-overlijdt',
    themes: ['proces-en-dienst', 'samen-werken'],
    organisations: ['svb', 'ministerie-bzk', 'belastingdienst'],
    title: { nl: 'Er is iemand overleden. Met hoeveel loketten krijg je dan te maken?', en: 'Somebody has died. How many counters must you visit now?' },
    summary: {
      nl: 'Levensgebeurtenissen trekken zich niets aan van onze organisatiegrenzen. Volg één weduwe door zeventien brieven.',
      en: 'Life events pay no heed to the borders between our organisations. Follow one widow through seventeen letters.',
    },
    description: {
      nl: 'De gemeente weet het na twee dagen, de bank na een week, en na vier maanden komt er toch nog een brief op zijn naam. We volgen het jaar na een overlijden vanuit de keukentafel: wat moet er, wat is er dubbel, wat doet onnodig pijn? Nabestaanden hielpen het verhaal samenstellen.\n\nDrie organisaties laten zien wat zij inmiddels aan elkaar doorgeven en waarom dat langer duurde dan gehoopt. Je werkt mee aan dezelfde tekening voor een andere levensgebeurtenis: een kind krijgen, scheiden, achttien worden. Voor wie dienstverlening over grenzen heen wil regelen.',
      en: 'The municipality knows after two days, the bank after a week, and after four months there is still a letter in his name. We follow the year after a death from the kitchen table: what has to be done, what is asked twice, what hurts without need? Bereaved people helped to compose the story.\n\nThree organisations show what they now pass on to one another and why it took longer than they had hoped. You help to draw the same picture for another life event: having a child, divorcing, turning eighteen. For people who want services to work across borders.',
    },
    format: 'webinar', level: 'intermediate', languages: ['nl'],
    day: 8, start: '15:00', minutes: 75, location: null, onSite: 0, online: null,
  },
  {
    key: 'service-design-in-an-afternoon',
    themes: ['proces-en-dienst'],
    organisations: ['ministerie-bzk', 'ictu'],
    title: { nl: 'Service design in één middag, met plakband', en: 'Service design in one afternoon, with sticky tape' },
    summary: {
      nl: 'Bouw een dienst van karton, laat een vreemde hem gebruiken en verbeter hem drie keer voor vier uur. Voertaal Engels.',
      en: 'Build a service out of cardboard, let a stranger use it and improve it three times before the afternoon is over.',
    },
    description: {
      nl: 'Wie een nieuwe dienst wil maken, begint meestal met een plan van aanpak. Deze middag begin je met een schaar. In groepjes bouw je in twintig minuten een verhuisdienst op papier: het scherm, het telefoontje, de brief, de balie. Een andere groep probeert te verhuizen en praat hardop. Jij zwijgt en schrijft op waar het vastloopt.\n\nNa drie rondes ken je de kern van service design: kijken, maken, laten proberen. De workshop is in het Engels, ook leuk voor buitenlandse collega’s. Leg papier, stiften en plakband klaar bij je laptop.',
      en: 'People who want a new service usually begin with a project plan. This afternoon you begin with scissors. In small groups you take twenty minutes to build a moving-house service on paper: the screen, the phone call, the letter, the desk. Another group tries to move house and thinks aloud. You keep quiet and write down where it sticks.\n\nAfter three rounds you know the heart of service design: look, make, let people try. The workshop is in English and suits international colleagues. Keep paper, pens and tape next to your laptop.',
    },
    format: 'workshop', level: 'introductory', languages: ['en'],
    day: 9, start: '13:00', minutes: 120, location: null, onSite: 0, online: 32,
  },
  {
    key: 'bel-over-dat-bezwaar',
    themes: ['proces-en-dienst', 'mensen-en-leiderschap'],
    organisations: ['uwv', 'rvo'],
    title: { nl: 'Bel even over dat bezwaar', en: 'Just ring about that objection' },
    summary: {
      nl: 'Achter een bezwaarschrift zit vaak een vraag, een typefout of een teleurstelling. Een gesprek van tien minuten scheelt maanden.',
      en: 'Behind a formal objection there is often a question, a typing error or a disappointment. Ten minutes on the phone save months.',
    },
    description: {
      nl: 'Een ondernemer maakt bezwaar van acht kantjes. Na één telefoontje blijkt dat er een nul te weinig stond. Juristen van UWV en RVO bellen tegenwoordig bij veel zaken eerst, en dat was wennen. Mag je zeggen dat we fout zaten? Wat als iemand boos wordt? En hoe leg je vast wat je afsprak?\n\nJe hoort hoe zij begonnen, welke zaken zich niet lenen voor een belletje en wat rechters ervan vinden. Met een oefening in tweetallen: jij belt, de ander is gekrenkt. Voor behandelaars van bezwaar, hun leidinggevenden en iedereen die besluiten schrijft.',
      en: 'A business owner objects in eight pages. One phone call later it turns out that a zero was missing. Lawyers at UWV and the enterprise agency RVO now ring first in many cases, and that took getting used to. May you say that we were wrong? What if somebody gets angry? And how do you record what you agreed?\n\nYou hear how they began, which cases do not suit a call and what judges think of it. There is an exercise in pairs: you ring, the other feels hurt. For people who handle objections, their managers and everybody who writes decisions.',
    },
    format: 'webinar', level: 'intermediate', languages: ['nl'],
    day: 10, start: '14:30', minutes: 60, location: null, onSite: 0, online: 200,
  },
  {
    key: 'schrijfkamer',
    themes: ['proces-en-dienst'],
    organisations: ['belastingdienst', 'ind'],
    title: { nl: 'De schrijfkamer: jouw brief, hun ogen', en: 'The writing room: your letter, their eyes' },
    summary: {
      nl: 'Breng één brief mee die nu de deur uit gaat. Mensen die laaggeletterd zijn, lezen hem hardop en jij herschrijft.',
      en: 'Bring one letter that goes out today. People who have trouble reading read it aloud, and you rewrite it.',
    },
    description: {
      nl: 'Je denkt dat je brief duidelijk is. Dan leest iemand hem hardop voor en blijft steken bij het derde woord. Dat moment vergeet je niet meer. In deze kamer zitten tien schrijvers, tien testlezers en een koffiekan. Je leest, luistert, streept, en begint opnieuw. Na twee rondes ruil je van tafel.\n\nDe testlezers krijgen betaald voor hun werk en zijn streng. Kom met een brief die veel mensen krijgen en waar je zelf iets aan mag veranderen. Je vertrekt met een nieuwe versie en een handtekening van je lezer.',
      en: 'You think that your letter is clear. Then somebody reads it aloud and gets stuck at the third word. You will not forget that moment. In this room there are ten writers, ten test readers and a pot of coffee. You read, listen, cross out and start again. After two rounds you change tables.\n\nThe test readers are paid for their work and they are strict. Bring a letter that many people receive and that you are allowed to change. You leave with a new version and the signature of your reader.',
    },
    format: 'workshop', level: 'intermediate', languages: ['nl'],
    day: 11, start: '09:30', minutes: 120, location: 'Den Haag, Koninklijke Bibliotheek', onSite: 20, online: 0, deepens: 'snapt-je-tante-deze-brief', full: true,
  },
  {
    key: 'vergunning-in-een-week',
    themes: ['proces-en-dienst'],
    organisations: ['rijkswaterstaat', 'ilt'],
    title: { nl: 'Waarom een vergunning dertien weken duurt als het werk in zes uur klaar is', en: 'Why a permit takes thirteen weeks when the work is done in six hours' },
    summary: {
      nl: 'We volgden een aanvraag met een stopwatch. De rest van de tijd lag hij te wachten op iemand.',
      en: 'We followed one application with a stopwatch. The rest of the time it lay waiting for somebody.',
    },
    description: {
      nl: 'Zes uur werken, dertien weken doorlooptijd. Wat gebeurt er in de tussentijd? De aanvraag ligt in een postbak, wacht op advies, gaat terug omdat bijlage drie ontbreekt. Teams die vergunningen verlenen, laten zien hoe je een vergunning sneller afgeeft zonder slordig te worden: vooraf even bellen, eenvoudige aanvragen apart, en adviseurs samen aan één tafel op dinsdag.\n\nOok de tegenvallers komen langs, want één proef maakte het langer. Je krijgt een leeg stopwatchblad en een voorbeeld. Daarmee meet je in een week waar bij jullie de tijd blijft.',
      en: 'Six hours of work, thirteen weeks from start to finish. What happens in between? The application lies in a tray, waits for advice, goes back because annex three is missing. Teams that grant permits show how to be faster without getting sloppy: a call beforehand, simple applications in a lane of their own, and all advisers at one table on Tuesdays.\n\nThe setbacks are there too, for one trial made it slower. You get an empty stopwatch sheet and an example. With it you can measure in one week where your time goes.',
    },
    format: 'webinar', level: 'intermediate', languages: ['nl'],
    day: 12, start: '10:30', minutes: 60, location: null, onSite: 0, online: 250,
  },
  {
    key: 'niet-iedereen-klikt',
    themes: ['proces-en-dienst'],
    organisations: ['logius', 'koninklijke-bibliotheek'],
    title: { nl: 'Niet iedereen klikt', en: 'Not everybody clicks' },
    summary: {
      nl: 'Miljoenen mensen redden het niet alleen achter een scherm. Wat doet de overheid voor wie niet digitaal is?',
      en: 'Millions of people cannot manage alone behind a screen. What does government do for those who are not digital?',
    },
    description: {
      nl: 'De zoon regelt het, of de buurvrouw, of de medewerker van de bibliotheek. Zo komen veel mensen die niet digitaal zijn toch bij ons binnen, met andermans wachtwoord. Dat werkt tot het misgaat. We luisteren naar drie mensen die uitleggen hoe zij hun zaken regelen, en naar bibliotheken waar je met je brief kunt binnenlopen.\n\nWat kunnen wij zelf doen? Meer dan je denkt: iemand officieel machtigen, een telefoonnummer bovenaan, een brief die ook zonder website klopt. Je bekijkt je eigen dienst met de ogen van iemand zonder smartphone. Voor ontwerpers, beleidsmakers en klantenservice.',
      en: 'A son arranges it, or the lady next door, or somebody at the library. That is how many people who are not digital still reach us, with another person’s password. It works until it goes wrong. We listen to three people who explain how they manage, and to libraries where you can walk in with your letter.\n\nWhat can we do ourselves? More than you think: an official way to act for somebody, a phone number at the top, a letter that makes sense without the website. You look at your own service through the eyes of somebody without a smartphone. For designers, policy makers and customer service.',
    },
    format: 'webinar', level: 'introductory', languages: ['nl'],
    day: 13, start: '09:30', minutes: 60, location: null, onSite: 0, online: null,
  },
  {
    key: 'levensgroot-ganzenbord',
    themes: ['proces-en-dienst'],
    organisations: ['kvk', 'rvo'],
    title: { nl: 'Levensgroot ganzenbord: loop zelf de klantreis van een startende bakker', en: 'Life-size board game: walk the customer journey of a baker who starts a business' },
    summary: {
      nl: 'Jij bent de pion. Gooi een zes en de vergunning is binnen, gooi een drie en je wacht op een terugbelverzoek.',
      en: 'You are the piece. Throw a six and the permit is in, throw a three and you wait to be called back.',
    },
    description: {
      nl: 'Op de vloer liggen 63 vakken en elk vak is echt gebeurd aan iemand die een bakkerij begon. Inschrijven, oven keuren, personeel aannemen, btw, een klacht van de bovenbuurman. Je speelt in groepjes en schrijft bij elk vak op wat je voelt en wat je zou willen weten. Sommige spelers stranden in de put.\n\nDaarna bouw je met dezelfde tegels een klantreis van je eigen dienst. Startende ondernemers spelen mee en zeggen wanneer je jezelf te mooi voorstelt. De tegels zijn vrij te gebruiken; je krijgt het bestand.',
      en: 'On the floor lie 63 squares, and each of them really happened to somebody who opened a bakery. Registering, getting the oven approved, hiring staff, VAT, a complaint from upstairs. You play in groups and write down, at each square, what you feel and what you wish you knew. Some players strand in the well.\n\nThen you use the same tiles to build a customer journey of your own service. New entrepreneurs play along and tell you when you flatter yourself. The tiles are free to use; you get the file.',
    },
    format: 'workshop', level: 'introductory', languages: ['nl'],
    day: 14, start: '13:30', minutes: 120, location: 'Utrecht, kantoor KVK', onSite: 32, online: 0,
  },
  {
    key: 'lean-in-de-gevangeniskeuken',
    themes: ['proces-en-dienst'],
    organisations: ['dienst-justitiele-inrichtingen'],
    title: { nl: 'Lean in de gevangeniskeuken', en: 'Lean in the prison kitchen' },
    summary: {
      nl: 'Zeshonderd maaltijden, elf diëten en messen aan een ketting. Een proces verbeteren met de mensen die het doen.',
      en: 'Six hundred meals, eleven diets and knives on a chain. Improving a process with the people who do the work.',
    },
    description: {
      nl: 'Waar loop je voor niets, waar ligt iets te wachten, wat gooi je weg? In een keuken zie je verspilling meteen, en in een gevangenis telt elke minuut dat een deur open staat. Gedetineerden en keukenpersoneel verbeteren er samen hun eigen proces, met geeltjes op de koelcel.\n\nWe namen geluid op tussen de pannen en praten live na over wat lean daar wel en niet opleverde. Verrassend veel is bruikbaar op kantoor: begin bij wie het werk doet, verander één ding tegelijk en meet met je ogen. Eetlust vooraf is een voordeel.',
      en: 'Where do you walk for nothing, what lies waiting, what do you throw away? In a kitchen you see waste at once, and in a prison every minute that a door stands open counts. Prisoners and kitchen staff improve their own process there together, with sticky notes on the cold store.\n\nWe recorded among the pans and talk afterwards, live, about what lean did and did not bring. A surprising amount is useful in an office: start with whoever does the work, change one thing at a time and measure with your eyes. It helps to be hungry.',
    },
    format: 'podcast', level: 'introductory', languages: ['nl'],
    day: 15, start: '12:15', minutes: 45, location: null, onSite: 0, online: null,
  },
  {
    key: 'scherm-uit-geluid-aan',
    themes: ['proces-en-dienst'],
    organisations: ['logius', 'uwv'],
    title: { nl: 'Scherm uit, geluid aan', en: 'Screen off, sound on' },
    summary: {
      nl: 'Vraag een uitkering aan zonder te kijken. Toegankelijkheid voel je pas als je het zelf probeert.',
      en: 'Apply for a benefit without looking. You only grasp accessibility once you try it yourself.',
    },
    description: {
      nl: '‘Knop. Knop. Afbeelding 47. Knop.’ Zo klinkt een slecht gemaakte website voor iemand die blind is. Je zet je beeldscherm uit en probeert met een voorleesprogramma een aanvraag te doen. Ervaren gebruikers helpen je op weg en laten daarna horen hoe snel het gaat als een site wel klopt.\n\nToegankelijkheid is een wettelijke plicht, maar vooral gewoon fatsoen. Je leert vijf dingen controleren zonder gereedschap: toetsenbord, koppen, contrast, teksten bij beeld en foutmeldingen. Voor redacteuren, ontwerpers, opdrachtgevers en testers. Neem een koptelefoon mee. Er is een tolk Nederlandse Gebarentaal.',
      en: '‘Button. Button. Image 47. Button.’ That is how a badly made website sounds to somebody who is blind. You switch your screen off and try to make an application with a screen reader. Experienced users help you along and then let you hear how fast it goes when a site is right.\n\nAccessibility is required by law, but above all it is plain decency. You learn to check five things without tools: keyboard, headings, contrast, text with images and error messages. For editors, designers, commissioners and testers. Bring headphones. There is a sign language interpreter (Dutch).',
    },
    format: 'hybrid', level: 'introductory', languages: ['nl'],
    day: 17, start: '10:00', minutes: 75, location: 'Utrecht, kantoor Rijkswaterstaat', onSite: 24, online: 100,
  },
  {
    key: 'wet-op-de-proefbank',
    themes: ['proces-en-dienst', 'technologie-en-data'],
    organisations: ['ministerie-jenv', 'belastingdienst'],
    title: { nl: 'Een wet op de proefbank: eerst uitvoeren, dan pas vaststellen', en: 'A law on the test bench: carry it out first, adopt it later' },
    summary: {
      nl: 'Wetgeving testen zoals je een fiets test. Met een nagebouwd loket, echte gevallen en een wetsartikel dat rammelt.',
      en: 'Testing legislation the way you test a bicycle. With a mock counter, real cases and an article that rattles.',
    },
    description: {
      nl: 'Een wetsvoorstel lijkt op papier altijd uitvoerbaar. Daarom spelen we het uit. In de zaal staat een nagebouwd loket, met twintig verzonnen burgers die lastige levens leiden. Wetgevingsjuristen, uitvoerders en een programmeur passen de tekst toe en lopen vast, precies waar de wet later zou vastlopen. Dan herschrijven zij het artikel, en nog een keer.\n\nJe ziet ook hoe je regels als computercode opschrijft om gaten te vinden. Voor wetgevers, beleidsmakers en uitvoerders die een voorstel in de la hebben. Na afloop heb je een draaiboek voor een proefdag van je eigen wet.',
      en: 'On paper a bill always looks workable. So we act it out. In the room stands a mock counter, with twenty invented citizens who lead awkward lives. Legislative lawyers, case workers and a programmer apply the text and get stuck exactly where the act would have got stuck later. Then they rewrite the article, and rewrite it again.\n\nYou also see how to write rules as computer code in order to find gaps. For drafters, policy makers and agencies with a bill in the drawer. You end up with a script for a test day of your own law.',
    },
    format: 'hybrid', level: 'advanced', languages: ['nl'],
    day: 18, start: '14:00', minutes: 105, location: 'Den Haag, Turfmarkt 147', onSite: 30, online: 120,
  },
  {
    key: 'waar-is-mijn-zaak',
    themes: ['proces-en-dienst', 'technologie-en-data'],
    organisations: ['ind', 'kadaster'],
    title: { nl: 'Waar is mijn zaak gebleven?', en: 'Where has my case gone?' },
    summary: {
      nl: 'Zaakgericht werken bij drie uitvoerders: één plek voor alles wat bij een zaak hoort, en de burger kijkt mee.',
      en: 'Working by case at three agencies: one place for all that belongs to a case, and the citizen can look in.',
    },
    description: {
      nl: 'Iemand belt en vraagt hoe het ervoor staat. De medewerker opent vijf systemen en zegt: ik bel u terug. Zaakgericht werken belooft dat anders te doen, en dat lukt soms. Drie architecten laten hun echte schermen zien, met de fouten erin: wat noem je een zaak, wanneer is die klaar, en wie ruimt op?\n\nWe gaan ook in op statussen die een burger begrijpt, en op oude dossiers overzetten zonder ze kwijt te raken. Je moet al eens met een zaaksysteem hebben gewerkt. Omdat we binnen systemen kijken, is dit webinar voor rijksambtenaren.',
      en: 'Somebody rings to ask how things stand. The adviser opens five systems and says: I will call you back. Working by case promises to change that, and sometimes it does. Three architects show their real screens, mistakes included: what do you call a case, when is it finished, and who tidies up?\n\nWe also talk about statuses that a citizen understands, and about moving old files without losing them. You should have worked with a case system before. Because we look inside systems, this webinar is for central government staff.',
    },
    format: 'webinar', level: 'advanced', languages: ['nl'],
    day: 19, start: '09:45', minutes: 60, location: null, onSite: 0, online: 150, visibility: 'internal',
  },
  {
    key: 'stoelruil',
    themes: ['proces-en-dienst', 'samen-werken'],
    organisations: ['ministerie-szw', 'svb', 'uwv'],
    title: { nl: 'Stoelruil: een dag beleid voor de uitvoering en omgekeerd', en: 'Swapping chairs: a day of policy for the front office and the other way round' },
    summary: {
      nl: 'Beleidsmedewerkers die een week telefoon deden en telefonisten die een nota schreven, vergelijken hun blauwe plekken.',
      en: 'Policy officers who answered phones for a week and phone staff who wrote a policy note compare their bruises.',
    },
    description: {
      nl: 'Beleid vindt uitvoering vaak langzaam, uitvoering vindt beleid vaak ver weg. Een groep ambtenaren ruilde deze maand echt van stoel. Zij vertellen wat hen verbaasde: hoe lang twee minuten duren met een huilende vader aan de lijn, en hoeveel mensen aan één zin in een nota zitten.\n\nIn gemengde groepjes bespreek je een regeling die nu op tafel ligt, met één vraag: zou jij dit aan de telefoon durven uitleggen? Wie wil, tekent in voor de volgende ruil in het voorjaar. Voor uitvoering en beleid samen; kom liefst met zijn tweeën.',
      en: 'Policy often finds the front office slow, the front office often finds policy far away. This month a group of civil servants really swapped chairs. They tell what amazed them: how long two minutes last with a father in tears on the line, and how many people work on one sentence of a note.\n\nIn mixed groups you discuss a scheme that is on the table now, with one question: would you dare to explain this on the phone? If you like, sign up for the next swap in spring. For policy and delivery together; preferably come as a pair.',
    },
    format: 'meeting', level: 'intermediate', languages: ['nl'],
    day: 20, start: '13:00', minutes: 90, location: null, onSite: 0, online: 60, visibility: 'internal',
  },
];
