import { serve } from './serve.ts';
import { readProduction } from './settings.ts';

// Production mode in the background. Its output goes to the log, which background.ts prints during the start.
const standAlone = () => {
  // From here on this process outlives its parent.
  process.removeAllListeners('disconnect');
  process.send?.('up', () => process.disconnect?.());
};

serve(readProduction(process.env), 'Stop it: npm run prod:stop', standAlone).then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
