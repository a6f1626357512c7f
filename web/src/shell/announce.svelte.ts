let said = $state.raw({ text: '', n: 0 });

/** Shows a short message for a while. Screen readers read it out. */
export const announce = (text: string): void => {
  said = { text, n: said.n + 1 };
};

export const announced = () => said;
