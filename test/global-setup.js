/** One throwaway PostgreSQL server for the run; specs ask for databases on it with `testDatabase()`. */
export default async function globalSetup() {
  const { startTestServer } = await import('../libs/database/testing/jest-server.ts');
  globalThis.stopTestServer = await startTestServer();
}
