import { serve } from './serve.ts';
import { readProduction } from './settings.ts';

// Production mode in the background: what it says goes to its log, which background.ts shows while it starts.
const standAlone = () => {
  // Until here, the end of whoever started us was ours too.
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
