import type { Type } from '@nestjs/common';

/** Where the decorators of @nestjs/cqrs note what a class handles; the package does not export the names. */
const HANDLED = ['__commandHandler__', '__queryHandler__'];

/**
 * The bus only warns of a second handler for a command or query and lets the later one win; here it is an error,
 * at start-up. @throws Error naming both handlers
 */
export function assertOneHandlerEach(handlers: readonly Type<unknown>[]): void {
  const handlerOf = new Map<unknown, string>();
  for (const handler of handlers) {
    const handled: unknown = HANDLED.map((key): unknown => Reflect.getMetadata(key, handler)).find(Boolean);
    if (handled === undefined) throw new Error(`${handler.name} handles no command and no query`);
    const other = handlerOf.get(handled);
    if (other !== undefined)
      throw new Error(`${(handled as Type<unknown>).name} is handled by ${other} and ${handler.name}`);
    handlerOf.set(handled, handler.name);
  }
}
