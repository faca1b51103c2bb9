// Shows openapi.json: what can be asked for, and what is answered.

import { byId, el } from '/js/dom.js';

const nameOf = schema => {
  if (!schema) return '';
  if (schema.$ref) return schema.$ref.split('/').at(-1);
  if (schema.oneOf) return schema.oneOf.map(nameOf).join(' or ');
  if (schema.allOf) return schema.allOf.map(nameOf).join(' and ');
  if (schema.type === 'array') return `[${nameOf(schema.items)}]`;
  if (schema.enum) return schema.enum.map(each => `"${each}"`).join(' | ');
  if (schema.type === 'object') return `{${Object.keys(schema.properties).join(', ')}}`;
  return [schema.type].flat().join(' or ') + (schema.format ? ` (${schema.format})` : '');
};

function linked(schema) {
  const name = nameOf(schema);
  const plain = name.replace(/[[\]]/g, '');
  return el('code', {}, schema?.$ref || schema?.items?.$ref ? el('a', { href: `#${plain}` }, name) : name);
}

const table = (...rows) => el('table', {}, ...rows.map(([head, ...cells]) => el('tr', {}, el('th', { scope: 'row' }, el('code', {}, head)), ...cells.map(cell => el('td', {}, cell)))));

function operation(path, method, { summary, parameters = [], requestBody, responses }) {
  const body = requestBody && Object.values(requestBody.content)[0].schema;
  return el('details', {},
    el('summary', {}, el('span', { class: 'method' }, method), el('code', {}, path), ` ${summary}`),
    parameters.length > 0 && table(...parameters.map(each => [each.name, each.in, linked(each.schema), each.description ?? ''])),
    body && el('p', {}, 'Body: ', linked(body)),
    table(...Object.entries(responses).map(([status, its]) => [status, its.$ref ? api.components.responses[nameOf(its)] : its]).map(([status, { description, content }]) => [status, description, linked(Object.values(content)[0].schema)])));
}

function schemaOf(name, schema) {
  const parts = schema.allOf ?? [schema];
  return el('details', { id: name }, el('summary', {}, el('code', {}, name)),
    ...parts.map(part => part.$ref ? el('p', {}, 'All of ', linked(part)) : table(...Object.entries(part.properties).map(([field, its]) => [field, linked(its), part.required?.includes(field) ? 'required' : '']))));
}

const api = await (await fetch('/openapi.json')).json();
byId('title').textContent = api.info.title;
byId('description').textContent = api.info.description;
const byTag = new Map();
for (const [path, methods] of Object.entries(api.paths)) {
  for (const [method, its] of Object.entries(methods)) {
    byTag.set(its.tags[0], [...(byTag.get(its.tags[0]) ?? []), operation(path, method, its)]);
  }
}
for (const [tag, operations] of byTag) byId('operations').append(el('section', {}, el('h2', {}, tag), ...operations));
byId('schemas').append(...Object.entries(api.components.schemas).map(([name, schema]) => schemaOf(name, schema)));

const opened = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target) target.open = true;
};
addEventListener('hashchange', opened);
opened();
