/** What is used of undici. Loaded by import() at the first question: the library takes longer to load than a start may take. */
export { Agent, EnvHttpProxyAgent, interceptors, request } from 'undici';
