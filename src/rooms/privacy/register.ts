// The register: every column that says something about a person, with whose it is, why we have it, who sees it and how
// long. Taking along, erasing, the retention job and /privacy all read it; register.server.test.ts holds it beside the
// real database, so that a new column is not forgotten.

/** By which column a row is somebody's: it holds their number, or their mail address. */
export type Whose = { readonly person: string } | { readonly address: string } | null;

/** Why it is lawful: it belongs to the task, the law asks for it, or its owner said yes. */
export type Ground = 'task' | 'law' | 'consent';
export type Seer = 'you' | 'hosts' | 'team' | 'administrators' | 'auditors' | 'operators' | 'everybody';

/**
 * How long: `days` after the first of these moments that a row has, or by a rule of its own room that the retention job
 * runs with this number of days.
 */
export type Term =
  | { readonly is: 'account' }
  | { readonly is: 'site' }
  | { readonly is: 'rows'; readonly days: number; readonly since: readonly string[]; readonly from: string }
  | { readonly is: 'rule'; readonly rule: 'edition-over' | 'draw-confirmed' | 'edition-reviewed' | 'not-seen'; readonly days: number };

/** What becomes of it when its owner goes: away with its row, emptied, given back at its desk, or it stays, for a reason. */
export type Erased = 'row' | 'emptied' | 'desk' | 'stays';

export interface Kept {
  /** What it is: `what-NAME` in sheet privacy. */
  readonly name: string;
  /** What it is for: `why-PURPOSE` in sheet privacy. */
  readonly purpose: string;
  readonly table: string;
  /** What its owner takes along. */
  readonly told: readonly string[];
  /** About them too, but of use to nobody or a danger to them outside: hashes, secrets, numbers of others. */
  readonly untold: readonly string[];
  readonly whose: Whose;
  /** Only rows that have one of these in a column. */
  readonly only?: { readonly column: string; readonly is?: readonly string[]; readonly not?: readonly string[] };
  readonly ground: Ground;
  readonly seenBy: readonly Seer[];
  readonly term: Term;
  readonly erased: Erased;
}

const account: Term = { is: 'account' };
const rows = (days: number, from: string, ...since: string[]): Term => ({ is: 'rows', days, since, from });
const theirs = { person: 'person_id' } as const;

export const register: readonly Kept[] = [
  {
    ...{ name: 'account', purpose: 'account', table: 'people', whose: { person: 'id' }, ground: 'task', erased: 'row' },
    told: ['email', 'language', 'created_at', 'seen_at', 'warned_at', 'bounced_at', 'bounce_status'],
    untold: ['id'],
    seenBy: ['you', 'hosts', 'administrators'],
    term: { is: 'rule', rule: 'not-seen', days: 730 },
  },
  {
    ...{ name: 'organisation', purpose: 'organisation', table: 'people', whose: { person: 'id' }, ground: 'task', erased: 'row', term: account },
    told: ['organisation_id', 'is_internal', 'internal_by'],
    untold: [],
    seenBy: ['you', 'hosts'],
  },
  {
    ...{ name: 'door-name', purpose: 'door-name', table: 'people', whose: { person: 'id' }, ground: 'consent', erased: 'row', term: account },
    told: ['name'],
    untold: [],
    seenBy: ['you', 'hosts'],
  },
  {
    ...{ name: 'access-needs', purpose: 'access-needs', table: 'people', whose: { person: 'id' }, ground: 'consent', erased: 'row' },
    told: ['access_needs'],
    untold: [],
    seenBy: ['you', 'operators'],
    term: { is: 'rule', rule: 'edition-over', days: 0 },
  },
  {
    ...{ name: 'consents', purpose: 'consents', table: 'consents', whose: theirs, ground: 'law', erased: 'row', term: account },
    told: ['purpose', 'text_version', 'given_at', 'withdrawn_at'],
    untold: ['id', 'person_id'],
    seenBy: ['you'],
  },
  {
    ...{ name: 'roles', purpose: 'roles', table: 'roles', whose: theirs, ground: 'task', erased: 'row', term: account },
    told: ['role', 'scope', 'granted_at'],
    untold: ['person_id'],
    seenBy: ['you', 'administrators'],
  },
  {
    ...{ name: 'role-offers', purpose: 'roles', table: 'role_offers', whose: { address: 'email' }, ground: 'task', erased: 'row' },
    told: ['email', 'role', 'scope', 'created_at', 'expires_at', 'accepted_at', 'ended_at'],
    untold: ['id'],
    seenBy: ['you', 'team', 'administrators'],
    term: rows(30, 'ended', 'accepted_at', 'ended_at', 'expires_at'),
  },
  {
    ...{ name: 'role-offers-by', purpose: 'roles', table: 'role_offers', whose: { person: 'offered_by' }, ground: 'task', erased: 'emptied' },
    // Whom they asked is of who was asked.
    told: ['role', 'scope', 'created_at'],
    untold: ['offered_by'],
    seenBy: ['you', 'team', 'administrators'],
    term: account,
  },
  {
    ...{ name: 'proposers', purpose: 'proposals', table: 'proposers', whose: theirs, ground: 'task', erased: 'row', term: account },
    told: ['session_id', 'joined_at'],
    untold: ['person_id', 'position'],
    seenBy: ['you', 'team'],
  },
  {
    ...{
      name: 'proposer-invitations',
      purpose: 'proposals',
      table: 'proposer_invitations',
      whose: { address: 'email' },
      ground: 'task',
      erased: 'row',
    },
    told: ['session_id', 'email', 'created_at', 'expires_at', 'accepted_at', 'declined_at'],
    untold: ['id'],
    seenBy: ['you', 'team'],
    term: rows(30, 'ended', 'accepted_at', 'declined_at', 'expires_at'),
  },
  {
    ...{
      name: 'proposer-invitations-by',
      purpose: 'proposals',
      table: 'proposer_invitations',
      whose: { person: 'invited_by' },
      ground: 'task',
      erased: 'emptied',
    },
    told: ['session_id', 'created_at'],
    untold: ['invited_by'],
    seenBy: ['you', 'team'],
    term: account,
  },
  {
    ...{ name: 'reviews', purpose: 'reviews', table: 'reviews', whose: theirs, ground: 'task', erased: 'row' },
    told: ['session_id', 'scores', 'comment', 'written_at'],
    untold: ['person_id', 'revision'],
    seenBy: ['you', 'team'],
    term: { is: 'rule', rule: 'edition-reviewed', days: 180 },
  },
  {
    ...{ name: 'assignments', purpose: 'reviews', table: 'assignments', whose: theirs, ground: 'task', erased: 'row', term: account },
    told: ['session_id', 'assigned_at', 'is_by_hand'],
    untold: ['person_id'],
    seenBy: ['you', 'team'],
  },
  {
    ...{ name: 'conflicts', purpose: 'reviews', table: 'conflicts', whose: theirs, ground: 'task', erased: 'row', term: account },
    told: ['session_id', 'declared_at'],
    untold: ['person_id'],
    seenBy: ['you', 'team'],
  },
  {
    // A proposal that was accepted is of the edition; one that nobody else proposed goes with its proposer (forgetProposals).
    ...{ name: 'proposal-notes', purpose: 'proposals', table: 'proposals', whose: null, ground: 'task', erased: 'stays', term: { is: 'site' } },
    told: [],
    untold: ['answers', 'note'],
    seenBy: ['you', 'team'],
  },
  {
    ...{ name: 'decided-by', purpose: 'proposals', table: 'proposals', whose: { person: 'decided_by' }, ground: 'task', erased: 'emptied' },
    told: ['session_id', 'decision', 'decided_at'],
    untold: ['decided_by'],
    seenBy: ['you', 'team'],
    term: account,
  },
  {
    ...{ name: 'invitations', purpose: 'sign-in', table: 'invitations', whose: theirs, ground: 'law', erased: 'row' },
    told: ['created_at', 'expires_at', 'tries'],
    untold: ['code_hash', 'person_id'],
    seenBy: ['you'],
    term: rows(30, 'ended', 'expires_at'),
  },
  {
    ...{ name: 'passkeys', purpose: 'sign-in', table: 'passkeys', whose: theirs, ground: 'law', erased: 'row', term: account },
    told: ['name', 'device', 'transports', 'created_at', 'usable_at', 'used_at'],
    untold: ['id', 'person_id', 'credential', 'public_key', 'counter', 'added_in'],
    seenBy: ['you'],
  },
  {
    ...{ name: 'provider', purpose: 'sign-in', table: 'provider_accounts', whose: theirs, ground: 'law', erased: 'row', term: account },
    told: ['issuer', 'subject', 'created_at'],
    untold: ['person_id'],
    seenBy: ['you'],
  },
  {
    ...{ name: 'sign-ins', purpose: 'sign-in', table: 'sign_ins', whose: theirs, ground: 'law', erased: 'row' },
    told: ['way', 'level', 'device', 'created_at', 'seen_at', 'expires_at', 'ended_at'],
    untold: ['id', 'person_id', 'token_hash', 'provider_sign_in'],
    seenBy: ['you'],
    term: rows(30, 'ended', 'ended_at', 'expires_at'),
  },
  {
    ...{ name: 'codes', purpose: 'sign-in', table: 'sign_in_codes', whose: { address: 'email' }, ground: 'law', erased: 'row' },
    told: ['email', 'created_at', 'expires_at', 'tries', 'closed_at'],
    untold: ['id', 'code_hash', 'browser_hash', 'code_to_send'],
    seenBy: ['you'],
    term: rows(1, 'asked', 'created_at'),
  },
  {
    ...{ name: 'challenges', purpose: 'sign-in', table: 'challenges', whose: theirs, ground: 'law', erased: 'row' },
    told: ['purpose', 'expires_at'],
    untold: ['secret_hash', 'person_id', 'asked'],
    seenBy: ['you'],
    term: rows(1, 'ended', 'expires_at'),
  },
  {
    ...{ name: 'tokens', purpose: 'tokens', table: 'access_tokens', whose: theirs, ground: 'task', erased: 'row' },
    told: ['name', 'scopes', 'way', 'created_at', 'used_at', 'expires_at', 'revoked_at'],
    untold: ['id', 'person_id', 'token_hash'],
    seenBy: ['you'],
    term: rows(30, 'ended', 'revoked_at', 'expires_at'),
  },
  {
    ...{ name: 'feed', purpose: 'feed', table: 'calendar_feeds', whose: theirs, ground: 'task', erased: 'row', term: account },
    told: ['created_at'],
    untold: ['id', 'person_id', 'secret_hash'],
    seenBy: ['you'],
  },
  {
    ...{ name: 'seats', purpose: 'seats', table: 'seats', whose: theirs, ground: 'task', erased: 'desk', term: account },
    told: [
      ...['session_id', 'attendance', 'standing', 'wants', 'arrival', 'claimed_at', 'offered_until', 'chosen_as', 'groups', 'pass'],
      'checked_in_at',
    ],
    untold: ['person_id'],
    seenBy: ['you', 'hosts', 'team'],
  },
  {
    ...{ name: 'wishes', purpose: 'wishes', table: 'wishes', whose: theirs, ground: 'task', erased: 'row', term: account },
    told: ['window_id', 'session_id', 'strength', 'attendance', 'wished_at'],
    untold: ['person_id'],
    seenBy: ['you'],
  },
  {
    ...{ name: 'pseudonyms', purpose: 'wishes', table: 'wishers', whose: theirs, ground: 'task', erased: 'row' },
    told: ['window_id', 'pseudonym', 'wishes'],
    untold: ['person_id'],
    seenBy: ['you', 'auditors'],
    term: { is: 'rule', rule: 'draw-confirmed', days: 30 },
  },
  {
    ...{ name: 'drawn', purpose: 'wishes', table: 'draw_people', whose: theirs, ground: 'task', erased: 'row', term: account },
    told: ['window_id', 'share', 'why'],
    untold: ['person_id'],
    seenBy: ['you'],
  },
  {
    ...{ name: 'drawn-places', purpose: 'wishes', table: 'draw_places', whose: theirs, ground: 'task', erased: 'row', term: account },
    told: ['window_id', 'session_id', 'attendance'],
    untold: ['person_id'],
    seenBy: ['you', 'team'],
  },
  {
    ...{ name: 'drawn-lines', purpose: 'wishes', table: 'draw_lines', whose: theirs, ground: 'task', erased: 'row', term: account },
    told: ['window_id', 'session_id', 'attendance', 'nth'],
    untold: ['person_id'],
    seenBy: ['you', 'team'],
  },
  {
    ...{ name: 'draw-file', purpose: 'wishes', table: 'draw_files', whose: null, ground: 'task', erased: 'stays', term: { is: 'site' } },
    told: [],
    untold: ['content'],
    seenBy: ['auditors', 'team'],
  },
  {
    ...{ name: 'drafts', purpose: 'drafts', table: 'drafts', whose: theirs, ground: 'task', erased: 'row' },
    told: ['edition_id', 'answers', 'created_at', 'updated_at', 'expires_at', 'submitted_at'],
    untold: ['secret_hash', 'person_id'],
    seenBy: ['you'],
    term: rows(0, 'draft', 'expires_at'),
  },
  {
    ...{ name: 'letters', purpose: 'letters', table: 'letters', whose: theirs, ground: 'task', erased: 'row' },
    only: { column: 'kind', not: ['sign-in-code', 'role-offered', 'proposer-invited', 'erased'] },
    told: [
      'kind',
      'recipient',
      'language',
      'details',
      'created_at',
      'due_at',
      'tries',
      'sent_at',
      'dropped_at',
      'last_fault',
      'held_for',
      'edition_id',
    ],
    untold: ['id', 'line_id', 'person_id', 'mailing_id', 'digest_id'],
    seenBy: ['you'],
    term: rows(90, 'sent', 'sent_at', 'dropped_at'),
  },
  {
    ...{ name: 'letter-choices', purpose: 'letters', table: 'letter_choices', whose: theirs, ground: 'task', erased: 'row', term: account },
    told: ['topic', 'often'],
    untold: ['person_id'],
    seenBy: ['you'],
  },
  {
    ...{ name: 'unsubscribes', purpose: 'letters', table: 'unsubscribes', whose: theirs, ground: 'task', erased: 'row', term: account },
    told: ['what', 'ended_at'],
    untold: ['secret', 'person_id', 'before'],
    seenBy: ['you'],
  },
  {
    ...{ name: 'mailings', purpose: 'mailings', table: 'mailings', whose: { person: 'written_by' }, ground: 'task', erased: 'emptied' },
    told: ['edition_id', 'written_at'],
    untold: ['written_by', 'id'],
    seenBy: ['you', 'team'],
    term: { is: 'site' },
  },
  {
    ...{ name: 'mailings-released', purpose: 'mailings', table: 'mailings', whose: { person: 'released_by' }, ground: 'task', erased: 'emptied' },
    told: ['edition_id', 'released_at'],
    untold: ['released_by', 'id'],
    seenBy: ['you', 'team'],
    term: { is: 'site' },
  },
  {
    ...{ name: 'letter-words', purpose: 'mailings', table: 'letter_templates', whose: { person: 'changed_by' }, ground: 'task', erased: 'emptied' },
    told: ['edition_id', 'kind', 'language', 'changed_at'],
    untold: ['changed_by', 'id'],
    seenBy: ['you', 'team'],
    term: { is: 'site' },
  },
  {
    ...{ name: 'code-letters', purpose: 'letters', table: 'letters', whose: { address: 'recipient' }, ground: 'law', erased: 'row' },
    only: { column: 'kind', is: ['sign-in-code'] },
    told: ['kind', 'recipient', 'language', 'created_at', 'sent_at', 'dropped_at'],
    untold: ['id', 'line_id', 'person_id', 'details', 'due_at', 'tries', 'last_fault'],
    seenBy: ['you'],
    term: rows(1, 'written', 'created_at'),
  },
  {
    ...{ name: 'offer-letters', purpose: 'letters', table: 'letters', whose: { address: 'recipient' }, ground: 'task', erased: 'row' },
    only: { column: 'kind', is: ['role-offered', 'proposer-invited'] },
    told: ['kind', 'recipient', 'language', 'created_at', 'sent_at', 'dropped_at'],
    untold: ['id', 'line_id', 'person_id', 'details', 'due_at', 'tries', 'last_fault'],
    seenBy: ['you'],
    term: rows(30, 'sent', 'sent_at', 'dropped_at'),
  },
  {
    ...{ name: 'last-letter', purpose: 'letters', table: 'letters', whose: null, ground: 'law', erased: 'stays' },
    only: { column: 'kind', is: ['erased'] },
    told: [],
    untold: ['recipient'],
    seenBy: ['you'],
    // The address of who is gone: the promise is 24 hours.
    term: rows(0.75, 'gone', 'created_at'),
  },
  {
    ...{ name: 'webhooks', purpose: 'webhooks', table: 'webhooks', whose: { person: 'made_by' }, ground: 'task', erased: 'row', term: account },
    told: ['edition_id', 'address', 'types', 'created_at', 'ended_at'],
    untold: ['made_by', 'id', 'secret', 'earlier_secret'],
    seenBy: ['you', 'team'],
  },
  {
    ...{ name: 'kept-answers', purpose: 'tokens', table: 'kept_answers', whose: null, ground: 'task', erased: 'stays' },
    told: [],
    untold: ['key_hash', 'question_hash', 'answer', 'created_at'],
    seenBy: ['you'],
    term: rows(1, 'answered', 'created_at'),
  },
  {
    ...{ name: 'journal', purpose: 'journal', table: 'journal', whose: theirs, ground: 'law', erased: 'stays', term: { is: 'site' } },
    told: ['happened_at', 'what', 'session_id', 'edition_id', 'details'],
    untold: ['id', 'person_id'],
    seenBy: ['you', 'hosts', 'administrators'],
  },
  {
    ...{
      name: 'journal-by',
      purpose: 'journal',
      table: 'journal',
      whose: { person: 'by_person' },
      ground: 'law',
      erased: 'stays',
      term: { is: 'site' },
    },
    // Whom it was about and how is theirs, not of who did it.
    told: ['happened_at', 'what', 'session_id', 'edition_id'],
    untold: ['id', 'by_person'],
    seenBy: ['you', 'hosts', 'administrators'],
  },
  {
    ...{ name: 'reasons', purpose: 'journal', table: 'reasons', whose: theirs, ground: 'law', erased: 'row', term: account },
    told: ['reason'],
    untold: ['line_id', 'person_id'],
    seenBy: ['you', 'hosts'],
  },
  {
    ...{ name: 'erasures', purpose: 'erasures', table: 'erasures', whose: theirs, ground: 'law', erased: 'stays', term: { is: 'site' } },
    told: ['asked_at', 'erased_at'],
    untold: ['person_id'],
    seenBy: ['operators'],
  },
  ...(
    [
      ['placements', 'placed_by', ['session_id', 'placed_at']],
      ['board_changes', 'made_by', ['edition_id', 'made_at', 'undone_at']],
      ['releases', 'released_by', ['edition_id', 'number', 'released_at']],
      ['optimisations', 'asked_by', ['edition_id', 'asked_at', 'accepted_at', 'dropped_at']],
    ] as const
  ).map(([table, by, told]): Kept => ({
    ...{ name: `schedule-${table.replace('_', '-')}`, purpose: 'schedule', table, whose: { person: by }, ground: 'task', erased: 'emptied' },
    told,
    untold: [by],
    seenBy: ['you', 'team'],
    term: account,
  })),
  {
    // Of all hosts of a session together; nobody is named.
    ...{ name: 'unavailable', purpose: 'schedule', table: 'unavailable', whose: null, ground: 'task', erased: 'stays' },
    told: [],
    untold: ['session_id', 'starts_at', 'ends_at'],
    seenBy: ['hosts', 'team'],
    term: rows(90, 'ended', 'ends_at'),
  },
  {
    ...{ name: 'speakers', purpose: 'programme', table: 'sessions', whose: null, ground: 'task', erased: 'stays', term: { is: 'site' } },
    told: [],
    untold: ['speakers'],
    seenBy: ['everybody'],
  },
  {
    ...{ name: 'made-stories', purpose: 'programme', table: 'stories', whose: { person: 'written_by' }, ground: 'task', erased: 'emptied' },
    told: [],
    untold: ['written_by'],
    seenBy: ['team'],
    term: account,
  },
  {
    ...{ name: 'bylines', purpose: 'programme', table: 'stories', whose: null, ground: 'task', erased: 'stays', term: { is: 'site' } },
    told: [],
    untold: ['byline', 'photo_credit'],
    seenBy: ['everybody'],
  },
  {
    ...{ name: 'made-sessions', purpose: 'programme', table: 'sessions', whose: { person: 'made_by' }, ground: 'task', erased: 'emptied' },
    told: [],
    untold: ['made_by'],
    seenBy: ['team'],
    term: account,
  },
  {
    ...{ name: 'credits', purpose: 'programme', table: 'materials', whose: null, ground: 'task', erased: 'stays', term: { is: 'site' } },
    told: [],
    untold: ['credit'],
    seenBy: ['everybody'],
  },
];

/** Columns that say nothing about anybody, by table. What organisers write about a session is for everybody to read. */
export const saysNothing: Readonly<Record<string, readonly string[]>> = {
  audit_links: ['expires_at', 'secret_hash', 'window_id'],
  calls: [...['closes_at', 'criteria', 'edition_id', 'is_anonymous', 'opens_at', 'questions', 'review_until', 'reviews_each', 'revision', 'text']],
  deepenings: ['deeper_id', 'session_id'],
  deliveries: [
    ...['created_at', 'delivered_at', 'due_at', 'given_up_at', 'id', 'last_fault', 'last_status', 'line_id', 'sequence', 'subject', 'tries', 'type'],
    'webhook_id',
  ],
  draw_files: ['window_id'],
  draw_items: ['attendance', 'given', 'line', 'places', 'price', 'session_id', 'window_id', 'wished'],
  board_changes: ['id', 'moves'],
  editions: [
    ...['accept_hours', 'at_least', 'created_at', 'ends_on', 'fits', 'id', 'is_current', 'is_example', 'name', 'slug', 'starts_on', 'surprises'],
    ...['time_zone', 'version', 'closed_at', 'languages', 'revision'],
  ],
  stories: [
    ...['body', 'created_at', 'edition_id', 'id', 'lead', 'photo_alternative', 'photo_file', 'photo_height', 'photo_width', 'publish_at', 'revision'],
    ...['slug', 'state', 'title', 'updated_at', 'visibility'],
  ],
  story_sessions: ['position', 'session_id', 'story_id'],
  installation: ['fact', 'noted_at', 'value'],
  journal: ['sealed_in'],
  journal_seals: ['contents', 'hash', 'lines', 'number', 'previous', 'sealed_at'],
  letter_rules: ['edition_id', 'reviews_changes'],
  letter_templates: ['before_body', 'before_subject', 'body', 'revision', 'subject'],
  mailings: ['audience', 'body', 'removed_at', 'revision', 'session_id', 'stopped_at', 'subject'],
  materials: [...['added_at', 'alternative', 'bytes', 'file', 'height', 'id', 'kind', 'name', 'removed_at', 'session_id', 'title', 'type', 'width']],
  migrations: ['applied_at', 'checksum', 'name'],
  organisations: ['about', 'domains', 'id', 'merged_into', 'name', 'revision', 'slug', 'website'],
  places: ['arrivals', 'attendance', 'capacity', 'held', 'kept_for', 'session_id', 'turns', 'waiting'],
  proposals: ['copied_from', 'decision_text', 'minutes', 'released_at', 'reminded_at', 'revision', 'submitted_at', 'withdrawn_at'],
  session_organisations: ['organisation_id', 'position', 'session_id'],
  session_themes: ['position', 'session_id', 'theme_id'],
  sessions: [
    ...['cancelled_at', 'code', 'created_at', 'description', 'edition_id', 'ends_at', 'format', 'guid', 'id', 'languages', 'level', 'location'],
    ...['online', 'revision', 'sequence', 'source', 'source_id', 'starts_at', 'state', 'summary', 'title', 'updated_at', 'visibility'],
  ],
  shares: ['attendance', 'group', 'most', 'session_id'],
  themes: ['edition_id', 'id', 'name', 'position', 'slug'],
  webhooks: ['earlier_until', 'failing_since', 'is_internal', 'paused_at'],
  wish_window_sessions: ['is_live', 'session_id', 'window_id'],
  wish_windows: [
    ...['called_off_at', 'closes_at', 'confirmed_at', 'created_at', 'drawing_by', 'drawing_seen_at', 'drawing_since', 'drawn_at', 'edition_id'],
    ...['file_hash', 'id', 'input_hash', 'is_all', 'opens_at', 'progress', 'report', 'seed', 'seed_hash', 'wanted'],
  ],
  figures_by_day: ['day', 'edition_id', 'figures', 'taken_at'],
  goals: ['by_day', 'edition_id', 'measure', 'revision', 'target'],
  import_baselines: ['said', 'said_at', 'session_id'],
  import_conflicts: ['choice', 'field', 'found_at', 'mine', 'session_id', 'settled_at', 'theirs'],
  import_mappings: ['edition_id', 'mapping', 'source'],
  imports: ['counts', 'edition_id', 'id', 'imported_at', 'origin', 'source'],
  optimisations: ['finished_at', 'id', 'moves', 'progress', 'settings'],
  placements: ['edition_id', 'ends_at', 'is_pinned', 'revision', 'starts_at', 'venue_id'],
  releases: ['changes', 'id'],
  slots: ['edition_id', 'ends_at', 'id', 'is_open', 'starts_at'],
  venues: ['address', 'capacity', 'edition_id', 'id', 'is_step_free', 'kind', 'name', 'position', 'removed_at', 'revision'],
};

/** The rows that are somebody's when they say who they are by number, or by address. */
export const byPerson = (kept: Kept): string | null => (kept.whose && 'person' in kept.whose ? kept.whose.person : null);
export const byAddress = (kept: Kept): string | null => (kept.whose && 'address' in kept.whose ? kept.whose.address : null);

/** How long before an account that nobody uses ends, its owner is told. */
export const warningDays = 30;
