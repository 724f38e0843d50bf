/**
 * Spec files run beside each other, one process per core. What they share is read only; what they write goes into folders of their own.
 *
 * Every worker refuses `.only`. To run one file alone, without this: `npx mocha --no-config --spec dist/test/<file>`.
 */
import { availableParallelism } from 'node:os';

export default { spec: ['dist/test/**/*.test.js'], timeout: 60_000, 'enable-source-maps': true, 'forbid-only': true, parallel: true, jobs: Math.max(2, availableParallelism()) };
