/** How two servers that came from the same code name themselves and the headers of their webhooks. */
export interface Flavour {
  readonly product: string;
  /** 64 hexadecimal digits of the HMAC-SHA-256 of the body, without a prefix. */
  readonly signatureHeader: string;
  readonly eventHeader: string;
  /** The id of the delivery, which stays the same when it is sent again. */
  readonly deliveryHeader: string;
}

/** Forgejo sends Gitea's headers as well; its own are the ones that it promises to keep. */
export const flavours = {
  gitea: {
    product: 'Gitea',
    signatureHeader: 'x-gitea-signature',
    eventHeader: 'x-gitea-event',
    deliveryHeader: 'x-gitea-delivery',
  },
  forgejo: {
    product: 'Forgejo',
    signatureHeader: 'x-forgejo-signature',
    eventHeader: 'x-forgejo-event',
    deliveryHeader: 'x-forgejo-delivery',
  },
} as const satisfies Readonly<Record<string, Flavour>>;

export type FlavourName = keyof typeof flavours;
