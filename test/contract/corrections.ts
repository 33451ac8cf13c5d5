/** A part of a Twilio document, as JSON. */
export interface Schema {
  type?: string;
  nullable?: boolean;
  pattern?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: unknown[];
  required?: string[];
  additionalProperties?: unknown;
  $ref?: string;
  format?: string;
}

/** Where a document contradicts its own examples or Twilio's manual, the latter hold. Each correction says why. */
const corrections: Readonly<Record<string, (schema: Schema, schemas: Readonly<Record<string, Schema>>) => void>> = {
  // The manual names US…, AC… and no actor at all; the pattern knows only users. docs/usage/monitor-events
  'monitor.v1.event': (schema) => change(schema, 'actor_sid', { pattern: '^[A-Z]{2}[0-9a-fA-F]{32}$' }),
  // The examples carry prices as text.
  'api.v2010.account.usage.usage_record': priceIsText,
  'api.v2010.account.usage.usage_record.usage_record_daily': priceIsText,
  'api.v2010.account.usage.usage_record.usage_record_today': priceIsText,
  'pricing.v1.messaging.messaging_country-instance': pricesAreText,
  'pricing.v2.voice.voice_country-instance': pricesAreText,
  // Every package that was not asked for is null in the examples, and so are unknown values within one.
  LookupResponse: everythingNullable,
};

/**
 * Sharpens the schemas of replies: every property the document names must be there, no other may be. Twilio always sends all
 * of them, and a simulator that leaves one out or makes one up would mislead whoever relies on it.
 */
export function sharpened(document: { components: { schemas: Record<string, Schema> }; paths: unknown }): void {
  const { schemas } = document.components;
  for (const [name, schema] of Object.entries(schemas)) corrections[name]?.(schema, schemas);
  for (const part of [schemas, document.paths]) {
    walk(part, exact);
    walk(part, relativeLinks);
  }
}

/** What ajv refuses to compile or reads otherwise than meant: `nullable` without a type, and next to an `enum`. */
export function compilable(document: unknown): void {
  walk(document, (schema) => {
    if (schema.nullable && !schema.type) delete schema.nullable;
    if (schema.nullable && schema.enum && !schema.enum.includes(null)) schema.enum.push(null);
  });
}

/** Form fields the document does not name are mistakes. */
export function closedForms(document: unknown): void {
  walk(document, (schema) => {
    if (schema.type !== 'object' || !schema.properties) return;
    schema.additionalProperties = false;
    for (const property of Object.values(schema.properties)) numberAsText(property);
  });
}

/** A form holds text: a whole number is its digits. */
function numberAsText(property: Schema): void {
  if (property.type !== 'integer') return;
  property.type = 'string';
  property.pattern = '^-?\\d+$';
}

function exact(schema: Schema): void {
  if (!schema.properties) return;
  schema.required = Object.keys(schema.properties);
  schema.additionalProperties = false;
}

/** The v2010 API links by path; its document calls that a URI all the same. */
function relativeLinks({ properties = {} }: Schema): void {
  for (const [name, property] of Object.entries(properties))
    if (/^(\w+_)?uri$/.test(name)) property.format = 'relative-uri';
}

function walk(node: unknown, visit: (schema: Schema) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) visit(node as Schema);
  for (const [key, value] of Object.entries(node)) if (key !== 'examples' && key !== 'parameters') walk(value, visit);
}

function change(schema: Schema, property: string, by: Schema): void {
  const found = schema.properties?.[property];
  if (!found) throw new Error(`the document no longer has ${property}: review this correction`);
  Object.assign(found, by);
}

function priceIsText(schema: Schema): void {
  change(schema, 'price', { type: 'string' });
}

function pricesAreText(schema: Schema): void {
  let changed = 0;
  walk(schema, ({ properties = {} }) => {
    for (const name of ['base_price', 'current_price'])
      if (properties[name]) {
        changed += 1;
        properties[name].type = 'string';
      }
  });
  if (changed === 0) throw new Error('the document no longer has prices: review this correction');
}

function everythingNullable(schema: Schema, schemas: Readonly<Record<string, Schema>>): void {
  for (const property of Object.values(schema.properties ?? {})) {
    const part = schemas[property.$ref?.split('/').at(-1) ?? ''] ?? property;
    part.nullable = true;
    everythingNullable(part, schemas);
  }
}
