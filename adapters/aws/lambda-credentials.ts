/**
 * Stands in the bundles for `@aws-sdk/credential-provider-node`, which looks for credentials in profiles, single
 * sign-on, other services and machines' metadata. Lambda hands its role's credentials over in the environment, always.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
