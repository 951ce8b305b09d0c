/** Something that the person at the keyboard can put right. */
export class Refusal extends Error {}
