/** 项目代码, 24 characters 4-6-2-2-6: `2509-320193-89-01-544060`. No checksum is published, so none is claimed. */
export type ProjectCode = string;

const SHAPE = /^(\d{2})(0[1-9]|1[0-2])-(\d{6})-(\d{2})-(\d{2})-(\d{6})$/u;

/** Checks the shape and that the leading YYMM is a month. */
export function isProjectCode(text: string): boolean {
  return SHAPE.test(text);
}

/** The month in which the code was given, `YYYY-MM`. */
export function monthOfProjectCode(code: ProjectCode): string {
  return `20${code.slice(0, 2)}-${code.slice(2, 4)}`;
}
