/** A code in a picture, where the browser knows how to read one; there is no reader of our own. */

const FORMAT = "qr_code";

/** Give what reads a picture, or nothing. */
export async function reader() {
  try {
    const formats = await BarcodeDetector.getSupportedFormats();
    return formats.includes(FORMAT) ? read : null;
  } catch {
    return null;
  }
}

async function read(file) {
  try {
    const picture = await createImageBitmap(file);
    const [found] = await new BarcodeDetector({ formats: [FORMAT] }).detect(picture);
    return found?.rawValue ?? "";
  } catch {
    return "";
  }
}
