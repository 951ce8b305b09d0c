import { Type, type Static } from 'typebox';
import { slsaV1, statementTypeV1 } from '../../domain/provenance/slsa-v1.js';

const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

export const EnvelopeSchema = Type.Object({
  payloadType: Type.String(),
  payload: Type.String(),
  signatures: Type.Array(Type.Object({ keyid: Type.Optional(Type.String()), sig: Type.String() })),
});

/** Of a statement, what is shown or compared. Fields that stand beside these do not matter. */
export const StatementSchema = Type.Object({
  _type: Type.Literal(statementTypeV1),
  subject: Type.Array(Type.Object({ name: Type.String(), digest: Type.Object({ sha256 }) })),
  predicateType: Type.Literal(slsaV1),
  predicate: Type.Object({
    buildDefinition: Type.Object({
      externalParameters: Type.Object({ pipeline: Type.String(), repository: Type.String(), ref: Type.String() }),
      internalParameters: Type.Object({ branch: Type.String(), isolation: Type.String() }),
      resolvedDependencies: Type.Array(
        Type.Object({ digest: Type.Optional(Type.Object({ gitCommit: Type.Optional(Type.String()) })) }),
      ),
    }),
    runDetails: Type.Object({
      builder: Type.Object({ id: Type.String(), version: Type.Object({ danube: Type.String() }) }),
      metadata: Type.Object({ invocationId: Type.String(), finishedOn: Type.String() }),
    }),
  }),
});

export type Statement = Static<typeof StatementSchema>;
