// The door of identity: who somebody is, how they come in, what they may do, whom they work for.
export { askCode, codeAsked, codeToSend, forgetCode, signIn, signOut, wipeCode, type TooOften, type WhyNotIn } from './sign-in.server.ts';
export { browserOf, forgetSignIn, keepSignedIn, markBrowser, tokenIn } from './cookies.server.ts';
export { addressesOf, forgetNeeds, organisationNamed, organisations, personCalled, personWith, welcome } from './people.server.ts';
export { grant, makeToken, makeTokens, revoke } from './access.server.ts';
export { calledName, callMe } from './name.server.ts';
export type { Organisation } from './organisation.ts';
export { personOfCookie, personOfToken } from './recognise.server.ts';
export { providerName } from './provider.server.ts';
