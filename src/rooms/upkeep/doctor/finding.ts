/** What the doctor found: its sentence is `tool.doctor-CODE`, and says what to do where something can be done. */
export interface Finding {
  /** 'unknown' is no fault: it could not be seen from here. */
  readonly state: 'ok' | 'unknown' | 'warning' | 'wrong';
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
}

type Values = Finding['values'];
export const ok = (code: string, values: Values = {}): Finding => ({ state: 'ok', code, values });
export const unknown = (code: string, values: Values = {}): Finding => ({ state: 'unknown', code, values });
export const warning = (code: string, values: Values = {}): Finding => ({ state: 'warning', code, values });
export const wrong = (code: string, values: Values = {}): Finding => ({ state: 'wrong', code, values });

/** How a program ends that tells these: 0 all right, 1 something could be better, 2 something is wrong. */
export const endOf = (findings: readonly Finding[]): 0 | 1 | 2 =>
  findings.some(({ state }) => state === 'wrong') ? 2 : findings.some(({ state }) => state === 'warning') ? 1 : 0;

/** What a number means by two limits: from the first on it could be better, from the second on it is wrong. */
export const byLimits = (value: number, better: number, bad: number): 'ok' | 'warning' | 'wrong' =>
  value >= bad ? 'wrong' : value >= better ? 'warning' : 'ok';
