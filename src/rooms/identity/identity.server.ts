// The door of identity: who somebody is, how they come in, what they may do, whom they work for.
export { askCode, codeAsked, codeToSend, forgetCode, signIn, signOut, wipeCode, type TooOften, type WhyNotIn } from './sign-in.server.ts';
export { browserOf, forgetSignIn, keepSignedIn, markBrowser, tokenIn } from './cookies.server.ts';
export { addressesOf, forgetNeeds, organisationNamed, organisations, organisationsWith, personCalled, personWith, welcome } from './people.server.ts';
export { calledName, callMe } from './name.server.ts';
export type { Organisation } from './organisation.ts';
export { personOfCookie, personOfToken } from './recognise.server.ts';
export { publicKeys } from './provider/key.server.ts';
export { endByProvider, leaveProvider } from './provider/leaving.server.ts';
export { askProvider, enterFromProvider, providerName, type WhyNotFromProvider } from './provider/provider.server.ts';
export { invite, inviteFirst, inviteNew } from './passkeys/invitations.server.ts';
export {
  addPasskey,
  askFirstPasskey,
  askNewPasskey,
  askPasskey,
  myPasskeys,
  refusePasskey,
  removePasskey,
  renamePasskey,
  signInByPasskey,
} from './passkeys/passkeys.server.ts';
export { endOtherSignIns, endSignIn, endSignInsOf, mySignIns } from './sign-ins.server.ts';
export { consentsOf, withdraw } from './consent.server.ts';
export { isFresh } from './fresh.server.ts';
export { myself, speakTo } from './myself.server.ts';
export { endToken, makeMyToken, makeToken, makeTokens, myTokens, type MyToken } from './tokens.server.ts';
export { acceptOffer, declineOffer, endOffer, offerRole, offersFor, offersIn, offersOf, offerWith } from './offers.server.ts';
export { countRoles, countRolesIn, grant, revoke, rolesHeld, rolesIn, rolesOf, takeAway } from './roles.server.ts';
export { listOrganisations, makeOrganisation, organisationOf, writeOrganisation, type OrganisationPage } from './organisations.server.ts';
