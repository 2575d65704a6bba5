import type { components, paths } from './schema.js';

/** Shapes of answers by their name in the OpenAPI document: `Schema<'ProjectDetail'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

type Json<Content> = Content extends { content: { 'application/json': infer Body } } ? Body : never;
type Good<Responses> = Json<
  Responses[Extract<keyof Responses, 200>] | Responses[Extract<keyof Responses, 201>]
>;
type Parameters<Operation, Place extends string> = Operation extends { parameters: infer P }
  ? P extends { [K in Place]?: infer Named }
    ? Exclude<Named, undefined>
    : never
  : never;

type Having<Method extends string> = {
  [P in keyof paths]: paths[P] extends { [M in Method]: { responses: unknown } } ? P : never;
}[keyof paths];

export type ReadPath = Having<'get'>;
export type WritePath = Having<'post'>;
export type SavePath = Having<'put'>;

type Get<P extends ReadPath> = paths[P] extends { get: infer Operation } ? Operation : never;
type Post<P extends WritePath> = paths[P] extends { post: infer Operation } ? Operation : never;
type Put<P extends SavePath> = paths[P] extends { put: infer Operation } ? Operation : never;
type Answered<Operation> = Operation extends { responses: infer R } ? Good<R> : never;

type BodyOf<Operation> = Operation extends { requestBody?: infer B } ? Json<Exclude<B, undefined>> : never;

export type ReadAnswer<P extends ReadPath> = Answered<Get<P>>;
export type ReadQuery<P extends ReadPath> = Omit<Parameters<Get<P>, 'query'>, 'waitFor'>;
export type WriteAnswer<P extends WritePath> = Answered<Post<P>>;
export type WriteBody<P extends WritePath> = BodyOf<Post<P>>;
export type WriteQuery<P extends WritePath> = Parameters<Post<P>, 'query'>;
export type SaveAnswer<P extends SavePath> = Answered<Put<P>>;
export type SaveBody<P extends SavePath> = BodyOf<Put<P>>;
