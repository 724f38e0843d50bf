/** Room `report`: results as files, documents and text. It shows what it is given and never how a figure came about. */
export { OutputError } from './errors.js';
export type { Effort, RunAbout } from './about.js';
export { createPaint, PLAIN, type Paint } from './paint.js';
export { csvChunks, csvText } from './csv.js';
export { makeFolder } from './make-folder.js';
export { openFolder, type OutputFile, type ResultFolder } from './folder.js';
export { RESULT_FILES, writeResults } from './results.js';
export { runDocument, type Written } from './document.js';
export { quietText, summaryText } from './summary/index.js';
export { duration, plural } from './figures.js';
export { left, right, table, visibleWidth } from './table.js';
export { kindList, kindPage } from './kinds/index.js';
export { kindListDocument, kindDocument } from './kinds/document.js';
export { comparisonSection, exactText, unsolvedText, type ExactAbout } from './exact/text.js';
export { comparisonRecords, exactDocument, outcomeRecord } from './exact/document.js';
