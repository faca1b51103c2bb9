// Prints a module as terser makes it small by default: node minify.cjs terser.cjs module.js

const { readFileSync } = require('node:fs');

const [terser, module_] = process.argv.slice(2);
const bundle = { exports: {} };
// It asks for what makes source maps, and needs it for nothing else.
new Function('exports', 'require', 'module', readFileSync(terser, 'utf8'))(bundle.exports, () => ({}), bundle);
bundle.exports.minify(readFileSync(module_, 'utf8'), { module: true }).then(({ code }) => process.stdout.write(code));
