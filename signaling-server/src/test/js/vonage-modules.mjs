// Vonage's packages ship ECMAScript modules without saying so in package.json. Node.js 20.19 finds out by itself, Node.js 18
// has to be told.

export async function load(url, context, nextLoad) {
    const format = /\/node_modules\/@vonage\/[^/]+\/dist\/esm\//.test(url) ? "module" : context.format;
    return nextLoad(url, { ...context, format });
}
