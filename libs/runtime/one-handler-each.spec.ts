import 'reflect-metadata';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { assertOneHandlerEach } from './one-handler-each.js';

class Weather extends Query<string> {}
@QueryHandler(Weather)
class Forecast {}
@QueryHandler(Weather)
class Rumour {}

test('a second handler for a query stops the start and both are named', () => {
  expect(() => assertOneHandlerEach([Forecast])).not.toThrow();
  expect(() => assertOneHandlerEach([Forecast, Rumour])).toThrow('Weather is handled by Forecast and Rumour');
});

test('a class that handles nothing is no handler', () => {
  expect(() => assertOneHandlerEach([Weather])).toThrow('Weather handles no command and no query');
});
