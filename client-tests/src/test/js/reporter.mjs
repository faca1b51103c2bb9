// One line of JSON for each test, for whoever runs Node.

import { inspect } from 'node:util';

export default async function* reporter(events) {
  const path = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') {
      path.length = data.nesting;
      path.push(data.name);
    } else if (type === 'test:pass' || type === 'test:fail') {
      if (data.details.type === 'suite' && (type === 'test:pass' || data.details.error.failureType === 'subtestsFailed')) continue;
      const name = [...path.slice(0, data.nesting), data.name].join(' › ');
      const error = type === 'test:fail' ? inspect(data.details.error?.cause ?? data.details.error) : undefined;
      yield `${JSON.stringify({ name, error, skipped: data.skip })}\n`;
    }
  }
}
