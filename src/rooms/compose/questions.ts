/**
 * Questions as people type them, each with the sessions of the example month that a colleague would point to.
 * Written from what people want, not from the titles, so that they can judge how well suggestions fit.
 */
export const questions: readonly { readonly question: string; readonly expected: readonly string[] }[] = [
  { question: 'ik wil sneller inkopen', expected: ['sneller-inkopen', 'aanbesteden-in-zes-weken', 'contract-op-twee-kantjes'] },
  { question: 'hoe ga ik om met AI in mijn team', expected: ['ai-in-mijn-team', 'mijn-team-gebruikt-ai', 'taalmodel-schrijft-mee'] },
  {
    question: 'onze brieven zijn veel te moeilijk voor gewone mensen',
    expected: ['snapt-je-tante-deze-brief', 'schrijfkamer', 'taalmodel-schrijft-mee', 'aan-een-tafel-in-zwolle'],
  },
  { question: 'te druk', expected: ['vol-is-vol', 'halveer-je-overleg'] },
  { question: 'minder vergaderen', expected: ['halveer-je-overleg', 'vol-is-vol', 'zonder-stuurgroep'] },
  {
    question: 'Hoe geef ik leiding aan mensen die half thuis en half op kantoor werken?',
    expected: ['half-hier-half-daar', 'de-helft-op-het-scherm', 'aan-de-keukentafel'],
  },
  {
    question: 'thuis werken en toch contact houden met collegas',
    expected: ['aan-de-keukentafel', 'half-hier-half-daar', 'lunch-met-een-onbekende'],
  },
  { question: 'mijn collega’s willen niet mee in de verandering', expected: ['nee-is-ook-informatie'] },
  { question: 'ik durf mijn baas niet tegen te spreken', expected: ['tegenspraak-oefenen', 'durven-zeggen', 'advocaat-van-de-duivel'] },
  { question: 'eerlijk feed back geven aan een collega', expected: ['feedback-zonder-broodje'] },
  {
    question: 'wat leren we van projecten die mislukt zijn?',
    expected: ['faalfestival', 'podcast-het-mislukte', 'dashboard-dat-niemand-opende', 'podcast-spijt-van-een-aanbesteding'],
  },
  { question: 'ik ben toe aan een andere baan binnen het rijk', expected: ['zigzag'] },
  { question: 'samenwerking tussen ministeries', expected: ['zonder-stuurgroep', 'wie-betaalt-wat-van-iedereen-is', 'welk-lab-zit-waar'] },
  {
    question: 'hoe betrekken we inwoners op tijd bij onze plannen',
    expected: ['eerst-de-bewoners', 'burgerberaad-oefenen', 'aan-een-tafel-in-zwolle'],
  },
  { question: 'mensen met betalingsproblemen helpen', expected: ['eerst-bellen', 'vijf-organisaties-een-keukentafel'] },
  { question: 'schulden', expected: ['eerst-bellen', 'vijf-organisaties-een-keukentafel'] },
  { question: 'een formulier korter en duidelijker maken', expected: ['het-kortste-formulier', 'kleine-proef-groot-verschil'] },
  {
    question: 'burgers wachten veel te lang op antwoord, wat kunnen we doen aan de wachttijd?',
    expected: ['wachten-in-het-pretpark', 'vergunning-in-een-week'],
  },
  { question: 'vergunningverlening versnellen', expected: ['vergunning-in-een-week'] },
  { question: 'ik wil af van al die onzinnige regeltjes', expected: ['regels-op-de-brandstapel', 'zorg-zonder-vinkjes', 'sneller-inkopen'] },
  { question: 'burocratie verminderen', expected: ['regels-op-de-brandstapel', 'zorg-zonder-vinkjes'] },
  { question: 'wat als iemand geen computer of DigiD heeft', expected: ['niet-iedereen-klikt'] },
  { question: 'is onze website wel toegankelijk voor blinden en slechtzienden', expected: ['scherm-uit-geluid-aan', 'de-helft-op-het-scherm'] },
  { question: 'werkt een nieuwe wet straks wel in de praktijk?', expected: ['wet-op-de-proefbank', 'stoelruil'] },
  { question: 'kloof tussen beleid en uitvoering verkleinen', expected: ['stoelruil', 'wet-op-de-proefbank', 'ochtend-achter-het-loket'] },
  { question: 'bezwaarschriften afhandelen met een telefoontje', expected: ['bel-over-dat-bezwaar'] },
  { question: 'wat te doen als we gehackt worden', expected: ['alles-op-zwart', 'quantumveilig-beginnen'] },
  {
    question: 'crisissituaties oefenen met andere diensten',
    expected: ['crisis-om-kwart-over-twee', 'wat-zeg-je-als-je-niets-weet', 'alles-op-zwart', 'water-voor-de-deur'],
  },
  { question: 'overstromingen en hevige regen', expected: ['water-voor-de-deur', 'achter-de-schermen-van-het-water'] },
  { question: 'hoe herken ik desinformatie op sociale media', expected: ['maak-nepnieuws'] },
  { question: 'gezonder werken, meer bewegen op een kantoordag', expected: ['zit-niet', 'coachen-in-het-bos', 'vol-is-vol'] },
  { question: 'vieze lucht in de stad meten met bewoners', expected: ['snuffelen-aan-lucht'] },
  { question: 'tekort aan medicijen', expected: ['de-lege-plank'] },
  {
    question: 'mag ik persoonsgegevens uitwisselen met een andere organisatie',
    expected: ['mag-ik-deze-data-delen', 'wat-is-een-huishouden', 'nepmensen-echte-antwoorden'],
  },
  {
    question: 'discriminerende algoritmes voorkomen',
    expected: ['hoe-eerlijk-is-je-algoritme', 'algoritmeregister-in-een-uur', 'podcast-de-computer-zegt-nee'],
  },
  { question: 'onze pilot was een succes maar nu komt er niks van terecht', expected: ['van-pilot-naar-gewoon', 'proef-gelukt-en-dan'] },
  {
    question: 'How can I work with startups?',
    expected: ['start-up-eerste-gesprek', 'start-ups-vragen-terug', 'betaald-uitzoeken-of-het-kan', 'wie-koopt-als-eerste'],
  },
  { question: 'sustainable procurement', expected: ['co2-op-de-bon', 'duizend-bureaus-nul-nieuw', 'rondleiding-tweede-leven'] },
  { question: 'preparing for power cuts and emergencies', expected: ['lunch-uit-het-noodpakket', 'crisis-om-kwart-over-twee'] },
  {
    question: 'we want to redesign a public service around what people need',
    expected: ['service-design-in-an-afternoon', 'levensgroot-ganzenbord', 'als-er-iemand-overlijdt'],
  },
];
