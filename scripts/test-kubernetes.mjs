import { build } from './build.mjs';
import { runAsScript } from './command.mjs';
import { runTests, summary } from './run-tests.mjs';

/**
 * Everything that runs jobs in pods: in the cluster that `DANUBE_E2E_KUBECONFIG` names, else in one that this machine plays.
 * Arguments are parts of the names of the files to run.
 */
await runAsScript(import.meta.url, async () => {
  await build();
  const result = await runTests('kubernetes', process.argv.slice(2));
  if (result.passed === 0 || result.failed > 0) process.exitCode = 1;
  process.stdout.write(`${summary(result)}\n`);
});
