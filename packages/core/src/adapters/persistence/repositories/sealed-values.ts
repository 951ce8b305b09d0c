import { inject, injectable } from 'tsyringe';
import { sealingContext } from '../../../domain/secret/secret-scope.js';
import { sealedForDelivery } from '../../../services/deliveries/delivery-headers.js';
import type { SealedValue, SealedValues } from '../../../services/ports/sealed-values.js';
import { sealedForJob } from '../../../services/secrets/job-secrets.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import { JobSecretRow } from '../entities/job-secret-row.js';
import { SecretRow } from '../entities/secret-row.js';
import { toScope } from './secret-scope-columns.js';

interface SealedHeaders {
  readonly sequence: number;
  readonly id: string;
  readonly sealed_headers: string;
}

const sealedHeaders = `SELECT sequence, id, sealed_headers
  FROM delivery_payloads JOIN deliveries USING (sequence) WHERE sealed_headers <> '{}'`;

@injectable()
export class SqlSealedValues implements SealedValues {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async *all(): AsyncIterable<SealedValue> {
    yield* this.#secrets();
    yield* this.#jobSecrets();
    yield* this.#deliveryHeaders();
  }

  async *#secrets(): AsyncIterable<SealedValue> {
    for (const row of await this.database.read.find(SecretRow)) {
      yield {
        context: sealingContext(row.name, toScope(row)),
        ciphertext: row.ciphertext,
        replace: (bytes) => this.#execute('UPDATE secrets SET ciphertext = ? WHERE id = ?', [bytes, row.id]),
      };
    }
  }

  async *#jobSecrets(): AsyncIterable<SealedValue> {
    for (const { job_id, name, ciphertext } of await this.database.read.find(JobSecretRow)) {
      const update = 'UPDATE job_secrets SET ciphertext = ? WHERE job_id = ? AND name = ?';
      yield {
        context: sealedForJob(job_id, name),
        ciphertext,
        replace: (bytes) => this.#execute(update, [bytes, job_id, name]),
      };
    }
  }

  async *#deliveryHeaders(): AsyncIterable<SealedValue> {
    for (const { sequence, id, sealed_headers } of await this.database.read.query<SealedHeaders[]>(sealedHeaders)) {
      const headers = JSON.parse(sealed_headers) as Record<string, string>;
      for (const [name, sealed] of Object.entries(headers)) {
        yield {
          context: sealedForDelivery(id, name),
          ciphertext: Buffer.from(sealed, 'base64'),
          replace: (bytes) => {
            headers[name] = Buffer.from(bytes).toString('base64');
            const update = 'UPDATE delivery_payloads SET sealed_headers = ? WHERE sequence = ?';
            return this.#execute(update, [JSON.stringify(headers), sequence]);
          },
        };
      }
    }
  }

  async #execute(sql: string, parameters: readonly (string | number | Uint8Array)[]): Promise<void> {
    const values = parameters.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value));
    await this.database.execute(sql, values);
  }
}
