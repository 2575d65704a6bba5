/** Injection token of the event store; all else of the platform is injected by its class. */
export const EVENT_STORE = Symbol('event store');
