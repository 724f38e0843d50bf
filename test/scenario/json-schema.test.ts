/** The schema for editors: fresh, and as large as it looks. UPDATE_GOLDEN=1 writes the committed file anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { catalogue as real } from '../../src/kinds/index.js';
import { jsonSchema } from '../../src/scenario/index.js';
import { catalogue } from './kinds.js';

const FILE = 'schema/scenario.v1.schema.json';
interface Json { [key: string]: Json }

describe('scenario: JSON Schema', () => {
  it(`${FILE} is fresh`, () => {
    const text = `${JSON.stringify(jsonSchema(real), null, 2)}\n`;
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(FILE, text);
    expect(readFileSync(FILE, 'utf8') === text, 'run the tests with UPDATE_GOLDEN=1').to.equal(true);
  });

  it('is draft-07 and offers the parameters of each kind, with meaning and default', () => {
    const schema = jsonSchema(catalogue) as unknown as Json;
    expect(schema.$schema).to.equal('http://json-schema.org/draft-07/schema#');
    expect(schema.required).to.deep.equal(['version', 'run', 'topology']);
    const kinds = schema.properties.topology.additionalProperties.oneOf as unknown as Json[];
    expect(kinds.map((one) => one.properties.kind.const)).to.deep.equal(catalogue.map((one) => one.name));
    const cluster = kinds.find((one) => String(one.properties.kind.const) === 'cluster')!;
    expect(cluster.properties.detection).to.deep.include({ description: 'Time to notice.', default: '10s', allOf: [{ $ref: '#/definitions/duration' }] });
    expect(cluster.required).to.deep.equal(['kind', 'on']);
    expect(cluster.additionalProperties).to.equal(false);
    expect(cluster.properties).not.to.have.property('starts');
  });

  it('lets ${n} stand for any value', () => {
    const { definitions, properties } = jsonSchema(catalogue) as unknown as Json;
    expect(new RegExp(String(definitions.duration.pattern)).test('${n}')).to.equal(true);
    expect(JSON.stringify(properties.run.properties.replications)).to.contain('\\\\$\\\\{');
  });

  it('names every definition that it refers to', () => {
    const schema = jsonSchema(catalogue) as unknown as Json;
    const referred = new Set([...JSON.stringify(schema).matchAll(/#\/definitions\/([\w-]+)/g)].map((match) => match[1]));
    expect([...referred].filter((name) => !(name in schema.definitions))).to.deep.equal([]);
  });
});
