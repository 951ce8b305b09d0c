import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { IdGenerator } from '../../services/ports/id-generator.js';

export class UuidIdGenerator implements IdGenerator {
  newId(): string {
    return v7();
  }

  newToken(): string {
    return randomBytes(32).toString('base64url');
  }
}
