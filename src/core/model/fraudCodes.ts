import { deliveryCodes } from './deliveryCodes.ts';
import type { FraudCode } from './fraudCode.ts';
import { protectionCodes } from './protectionCodes.ts';

/** The codes a fraud responder looks for, by Twilio error code. */
export const fraudCodes: ReadonlyMap<number, FraudCode> = new Map([...protectionCodes, ...deliveryCodes]);
