/** `any`: no check. `none`: the stream must not exist. `exists`: it must. A number: its last revision. */
export type ExpectedRevision = 'any' | 'none' | 'exists' | number;
