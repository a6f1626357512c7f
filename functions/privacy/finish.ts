import { finishDeletions } from '#core/privacy/finish-deletions.ts';
import { readConfig } from '../config.ts';
import { scheduled } from '../schedule/scheduled.ts';
import { ERASING_SETTINGS, erasingPorts } from './ports.ts';

const config = await readConfig(ERASING_SETTINGS);

export const handler = scheduled('finishDeletions', finishDeletions(erasingPorts(config)));
