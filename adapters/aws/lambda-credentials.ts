/**
 * Replaces `@aws-sdk/credential-provider-node` in the bundles. That package looks for credentials in profiles, single
 * sign-on, other services and instance metadata, but Lambda always puts those of its role into the environment.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
