import type { Text } from '#ground/text.ts';
import type { Format } from '../session.ts';

/**
 * What is publicly known of ten sessions of INNOvember 2020, without names of persons. What is not known is left empty;
 * of some only a description is known, not the title they had.
 */
export interface KnownSession {
  readonly key: string;
  readonly title: Text;
  readonly summary: Text;
  readonly organisations: readonly string[];
  readonly format: Format;
}

export const organisations: readonly { readonly slug: string; readonly nl: string; readonly en: string }[] = [
  { slug: 'ministerie-jenv', nl: 'Ministerie van Justitie en Veiligheid', en: 'Ministry of Justice and Security' },
  { slug: 'ministerie-vws', nl: 'Ministerie van Volksgezondheid, Welzijn en Sport', en: 'Ministry of Health, Welfare and Sport' },
  { slug: 'ministerie-ienw', nl: 'Ministerie van Infrastructuur en Waterstaat', en: 'Ministry of Infrastructure and Water Management' },
];

export const sessions: readonly KnownSession[] = [
  {
    key: 'kick-off',
    title: { nl: 'Studio INNOvember: de Kick-Off' },
    summary: { nl: 'De opening van de maand, op 3 november 2020.', en: 'The opening of the month, on 3 November 2020.' },
    organisations: [],
    format: 'broadcast',
  },
  {
    key: 'jazz',
    title: { en: 'The jazz of innovation' },
    summary: {
      nl: 'Op 25 november 2020 om 13.30 uur, van het Innovatieteam JenV.',
      en: 'On 25 November 2020 at 13:30, by the innovation team of Justice and Security.',
    },
    organisations: ['ministerie-jenv'],
    format: 'webinar',
  },
  {
    key: 'coronamelder',
    title: { nl: 'CoronaMelder: hoe de app gemaakt is' },
    summary: { nl: 'Hoe de app tot stand kwam. De titel van toen is niet bekend.', en: 'How the app was made. The title of the time is not known.' },
    organisations: ['ministerie-vws'],
    format: 'webinar',
  },
  {
    key: 'tech-tegen-corona',
    title: { nl: 'Tech Tegen Corona op de slotdag' },
    summary: {
      nl: 'Een onderdeel van de slotdag, 27 november 2020. De titel van toen is niet bekend.',
      en: 'Part of the closing day, 27 November 2020. The title of the time is not known.',
    },
    organisations: [],
    format: 'webinar',
  },
  {
    key: 'nanovember',
    title: { nl: 'NAnovember' },
    summary: {
      nl: 'De slotdag op 27 november 2020: gesprekken vanuit de Fokker Terminal, met secretarissen-generaal.',
      en: 'The closing day on 27 November 2020: conversations from the Fokker Terminal, with secretaries-general.',
    },
    organisations: [],
    format: 'broadcast',
  },
  {
    key: 'avatar',
    title: { nl: 'Project Avatar' },
    summary: { nl: 'De titel van toen is niet bekend.', en: 'The title of the time is not known.' },
    organisations: [],
    format: 'webinar',
  },
  {
    key: 'start-ups',
    title: { nl: 'Start-ups aan het woord - samenwerking met de rijksoverheid' },
    summary: {
      nl: 'Van de Unit Innovatie in Mobiliteit, met vier andere ministeries, start-ups en twee start-upkoepels.',
      en: 'By the mobility innovation unit, with four other ministries, start-ups and two start-up associations.',
    },
    organisations: ['ministerie-ienw'],
    format: 'webinar',
  },
  { key: 'innovatiegericht-inkopen', title: { nl: 'Innovatiegericht inkopen' }, summary: {}, organisations: [], format: 'webinar' },
  {
    key: 'nieuwe-technologieen',
    title: { nl: 'Innoveren bij de overheid met nieuwe technologieën' },
    summary: {},
    organisations: [],
    format: 'webinar',
  },
  { key: 'tien-dagen', title: { nl: 'Aanbesteden in tien dagen' }, summary: {}, organisations: [], format: 'webinar' },
];
