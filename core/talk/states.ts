import { ROLES, type Role } from '../trades/states.ts';

/** The people who talk in a trade. An arbitrator is a moderator or an admin who is no party. */
export const SPEAKERS = ROLES;
export type Speaker = Role;

/** The authors of messages. `system` writes the lines about the steps of the trade. */
export const AUTHORS = [...SPEAKERS, 'system'] as const;
