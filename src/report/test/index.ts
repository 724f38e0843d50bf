/** Tests of scenarios as text, XML, annotations, Markdown and JSON: the same outcome for different readers. */
export * from './outcome.js';
export { specHead, specScenario, specTotal } from './spec.js';
export { junitText } from './junit.js';
export { githubText } from './github.js';
export { markdownText } from './markdown.js';
export { testDocument } from './document.js';
export { movedCount, movedLines } from './moved.js';
