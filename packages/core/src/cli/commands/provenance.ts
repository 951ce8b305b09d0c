import { type Command, Option } from 'commander';
import type { Envelope } from '../../domain/provenance/dsse.js';
import { type ProvenanceFormat, provenanceFormats } from '../../domain/provenance/provenance-format.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { findJobId } from '../client/find-job.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { printJson } from '../output/print-json.js';

interface Options extends ServerOptions {
  readonly format: ProvenanceFormat;
  readonly statement?: true;
}

export function provenanceCommand(cli: CommandLine): Command {
  const command = describeCommand('provenance', 'Print how the artifacts of a job came about, signed by its server.', [
    'danube provenance build#12 > provenance.json',
    'danube provenance build#12 --statement | jq .predicate.buildDefinition',
  ])
    .argument('<job>', 'id, the beginning of one, or pipeline#number')
    .addOption(new Option('--format <format>', 'which document').choices(provenanceFormats).default('slsa-v1'))
    .option('--statement', 'print what is signed, without the signature');
  return withServerOptions(command).action(async (reference: string, options: Options) => {
    const { fetchProvenance } = await import('../client/fetch-provenance.js');
    const client = await connect(cli.terminal, options);
    const document = await fetchProvenance(client, await findJobId(client, reference), options.format);
    const { payload } = JSON.parse(document) as Envelope;
    if (options.statement) printJson(cli.terminal, JSON.parse(Buffer.from(payload, 'base64').toString()));
    else cli.terminal.out.write(`${document}\n`);
  });
}
