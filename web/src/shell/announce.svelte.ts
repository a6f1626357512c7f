let said = $state.raw({ text: '', n: 0 });

/** Says a result: shown for a while, and read out by screen readers. */
export const announce = (text: string): void => {
  said = { text, n: said.n + 1 };
};

export const announced = () => said;
