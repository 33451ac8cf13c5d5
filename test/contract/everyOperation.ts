import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** An operation of Twilio's that is no read. */
export interface DocumentedChange {
  readonly spec: string;
  readonly operationId: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** Fields of its form, each with the values it may have where those are listed. */
  readonly form: Readonly<Record<string, readonly string[]>>;
}

interface Described {
  readonly operationId?: string;
  readonly requestBody?: {
    readonly content?: Readonly<
      Record<string, { readonly schema?: { readonly properties?: Readonly<Record<string, unknown>> } }>
    >;
  };
}

interface SpecFile {
  readonly servers?: readonly { readonly url: string }[];
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, unknown>> & { readonly servers?: readonly { readonly url: string }[] }>
  >;
  readonly components?: { readonly schemas?: Readonly<Record<string, { readonly enum?: readonly string[] }>> };
}

const folder = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@twilio/cli-core/package.json')),
  'src/services/twilio-api',
);
const changing = ['post', 'put', 'patch', 'delete'];

/** Every operation in all of Twilio's OpenAPI documents that changes something. */
export function documentedChanges(): readonly DocumentedChange[] {
  const names = readdirSync(folder).filter((name) => /^twilio_\w+\.json$/.test(name));
  return names.flatMap((name) => {
    const file: SpecFile = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
    const spec = name.slice('twilio_'.length, -'.json'.length);
    return Object.entries(file.paths).flatMap(([path, item]) =>
      changing.flatMap((method) => {
        const operation = item[method] as Described | undefined;
        if (!operation?.operationId) return [];
        const host = new URL((item.servers ?? file.servers)?.[0]?.url ?? 'https://unknown.invalid').host;
        const where = { spec, operationId: operation.operationId, method: method.toUpperCase(), host, path };
        return [{ ...where, form: formOf(operation, file) }];
      }),
    );
  });
}

function formOf({ requestBody }: Described, file: SpecFile): DocumentedChange['form'] {
  const properties = Object.values(requestBody?.content ?? {}).flatMap(({ schema }) =>
    Object.entries(schema?.properties ?? {}),
  );
  return Object.fromEntries(properties.map(([name, property]) => [name, valuesOf(property, file)]));
}

function valuesOf(property: unknown, { components }: SpecFile): readonly string[] {
  const { enum: own, $ref } = property as { readonly enum?: readonly string[]; readonly $ref?: string };
  return own ?? components?.schemas?.[$ref?.split('/').at(-1) ?? '']?.enum ?? [];
}
