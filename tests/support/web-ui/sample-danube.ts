import { pipelineDocument } from '../config-documents.js';
import type { ServedPipeline } from '../served-project.js';
import { ServedDeliveries } from '../served-deliveries.js';
import { writeSampleHistory } from './sample-history.js';

const web = `
from danube import artifacts, step

step.run("echo 'installing 412 packages' && sleep 0.4", name="install", check=True)
step.run("echo 'no problems in 96 files' && sleep 0.3", name="lint", check=True)
step.run("for n in 1 2 3 4 5; do echo \\"ok $n - part $n\\"; sleep 0.2; done", name="test", check=True)
step.run("mkdir -p dist && head -c 300000 /dev/urandom > dist/app.js && sleep 0.2", name="build", check=True)
artifacts.upload("dist", name="web-app")
`;
const api = `
from danube import step

step.run("sleep 0.3 && echo compiled", name="compile")
step.run("echo 'FAIL  orders are refunded once' >&2; sleep 0.6; exit 1", name="test")
`;
const mobile = `
from danube import step

step.run("echo ready", name="prepare")
step.run('python3 signals.py wait "mobile"', name="device tests")
`;
const quick = 'from danube import step\nstep.run("echo fine", name="check")\n';
const push = { type: 'push', branches: ['main', 'release/*'] };
const nightly = { type: 'cron', schedule: '30 3 * * *' };

/** Pipelines that look like those of a team. `mobile` runs until its signal. */
const pipelines: Readonly<Record<string, ServedPipeline>> = {
  api: { file: api, spec: { description: 'Orders and payments', triggers: [push, { type: 'manual' }] } },
  docs: { file: quick, spec: { description: 'The handbook, published each night', triggers: [nightly] } },
  mobile: { file: mobile, spec: { description: 'App for both platforms', triggers: [{ type: 'manual' }] } },
  web: {
    file: web,
    spec: {
      description: 'Shop front end',
      env: { NODE_ENV: 'production' },
      triggers: [{ ...push, paths_ignore: ['docs/**'] }, { type: 'pull_request', branches: ['main'] }, nightly],
    },
  },
};

type SamplePage =
  | ('pipelines' | 'pipeline' | 'jobs' | 'job' | 'failed-job' | 'running-job')
  | ('deliveries' | 'delivery' | 'system' | 'not-found');

/** A real server with something on every page: runs of the past, jobs that succeed, fail and run, deliveries, a bad commit. */
export class SampleDanube {
  private constructor(
    readonly deliveries: ServedDeliveries,
    /** Addresses of one page of each kind. */
    readonly pages: Readonly<Record<SamplePage, string>>,
  ) {}

  get origin(): string {
    return `http://${this.deliveries.served.server.address}`;
  }

  static async start(): Promise<SampleDanube> {
    const deliveries = await ServedDeliveries.start(pipelines);
    const { served } = deliveries;
    await served.server.kill('SIGTERM');
    await writeSampleHistory(served.dataDir, served.repositoryUrl, Object.keys(pipelines));
    await served.server.start();

    await deliveries.worked(await deliveries.sendSigned(deliveries.event({ ref: 'refs/heads/experiment' }), 'd-1'));
    const unsigned = await deliveries.send(deliveries.event(), { 'content-type': 'application/json' });
    await unsigned.text();
    const delivery = await deliveries.worked(await deliveries.sendSigned(deliveries.event(), 'd-2'));
    const jobOf = (pipeline: string) => deliveries.jobs(pipeline).then(([newest]) => newest!.id);
    const [job, failed] = [await jobOf('web'), await jobOf('api')];
    for (const id of [job, failed]) await served.server.ended(id);
    const running = await served.trigger('mobile');
    await served.logHas(running, 'ready');
    served.config.commit({ 'pipelines/docs.json': pipelineDocument('docs', served.repositoryUrl, { timeuot: '5m' }) });
    await served.server.json('POST', '/api/v1/config/sync');
    await deliveries.allWorked();
    return new SampleDanube(deliveries, {
      pipelines: '/pipelines',
      pipeline: '/pipelines/web',
      jobs: '/jobs',
      job: `/jobs/${job}`,
      'failed-job': `/jobs/${failed}`,
      'running-job': `/jobs/${running}`,
      deliveries: '/deliveries',
      delivery: `/deliveries/${delivery.id}`,
      system: '/system',
      'not-found': '/nowhere',
    });
  }

  async stop(): Promise<void> {
    this.deliveries.served.signals.release('mobile');
    await this.deliveries.served.stop();
  }
}
