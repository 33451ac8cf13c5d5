import { isObject, type JsonObject } from '../../core/model/json.ts';
import { invalid } from './answer.ts';

/** The objects in form values that carry JSON, each an object or a list of them. */
export function jsonObjects(values: readonly string[], parameter: string): readonly JsonObject[] {
  const objects = values.flatMap((value): unknown[] => {
    try {
      return [JSON.parse(value)].flat();
    } catch {
      throw invalid(parameter);
    }
  });
  if (!objects.every(isObject)) throw invalid(parameter);
  return objects;
}
