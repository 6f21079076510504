import "server-only";
import sharp from "sharp";
import { PREVIEW } from "@/lib/shared/schemas/share";
import { DECODE_TIMEOUT_SECONDS, MAX_PIXELS } from "./picture";

const LABEL_MARGIN = 24;

/** “AI 生成 · AI-generated” as a picture of 285 × 48 px: servers have no fonts that one could rely on. */
const LABEL = Buffer.from(
  [
    "iVBORw0KGgoAAAANSUhEUgAAAR0AAAAwBAMAAADeAbMUAAAAMFBMVEXy8/P///////////////8fJihbYGFvc3SKjo8u",
    "NDY+REa3ubnj5OShpKVPVFbMzc7XZhYtAAAABHRSTlP9BbZbj3LrSQAAAAlwSFlzAAALEgAACxIB0t1+/AAABJ1JREFU",
    "WMPtmc1v22QYwH1wJ3oYauEfGGJ/AAf+AIOeJm5r1znwJnU+L0nWAhIcHI2PaicbMkBVD3VHSukuNQiBOCVCQ+KWbJTT",
    "Ds6YENxipFWiXJxN2gWe15+heaO2GlV96Htw4jevn+fn5/O1w82+eAUSMoSXZ2e42auQnPHSDPdCgnDg9Rnu1STxwCvc",
    "1UTxXOH4RPFwXKJwQLjgueC54DkfnoejJ38Af648v7XBGj1viV+eK0+te4RHaLx9VhQPdBaPRDQ8ThX9kzz8l+cbWFRd",
    "lrBFYuOxs/cMPIbG4pHVjZhHXD7CgyePmRGUJtVT81zST8CT+rwQ8yyU63VSx4E3b5JglFmyp+rFU/P0qifg6b2Ti3k6",
    "IQMuNSkXPVxjye48LJ2aZ3gSnr7d4iMeqxv7q0UPje4E2Y1/smfDU3Nr7ZBHzsERHsMFJpGggtmNeZSaZ9NFJ4+ONtpP",
    "WjQpZauMqeBwn1Tgh9WcC09xTRueM3NU4o9krc/ikVSg8z7PfuUoT78NqyygxRw07Jink10nf+rQyDtZHowHhKg8SE7Z",
    "wvRwnpLM86RuVuCxtVV3FXPX/AJDm3xvOiweNElvI+S5o4/w0HjmOzotAcG4eytCS5egX414BNOFhg5i3pVqNhgt+7Jp",
    "w1KOVywXnNX7/MJnkMasoFfsL2NGI/NtEAmLJ1WAhULIo8AoD0Yz39NoCQiGQ6IAmC5CrxjxyBhLU3vQ20F9e2B8h+Gl",
    "+bwaOGhzgZa5rjeD2GDYEjqOHT+9DIi5KJ5HebbxYpgbTG9EVxGSidJrAEuliIdKmM94ClJF76M/AAdVzu1B6BU0FfII",
    "iAVDTc5Pimdco6D9Ap6pIN1p7uAlNVjajK8atQ/1TtbjeXL9uh7Yp7bSbK5XPD34A2k2mzffAIfWcenXR2gRTxfOGtV0",
    "bhIPTQxcGvBcqvv1cAXXoMNXIV1Q43C+txV+F7xiyVO1fUKqXvxovqyYhw6fR2psfWr5PN5sNbU8gUei2i2N4S8Jb+EA",
    "u9cys3uptFbacX7l1su8FxuBHvzB9Pse5fkFMyrk8dNhkn1k2gw6GwweBUF20d8D1g4o7d1fNea5sa17EyM8NT3ioaXB",
    "5wkoxfIEnhSt+vMFBo9cAikLMnGhOc4zTQvVMBPle9bPjcIoT38n4qGhjTx0dWPg3SyKpR4e4/E40HrjPOlKh2CRITq8",
    "z+helGO+FPIoPo+oYvnthjypvAs/B/Z5F+5ikA6Rdx8L5k84+y3cY9Wf/sCLBgbP/Kb43n1RvbMDh4zuRX2BCRbwSOZX",
    "9Wu/47R6gPwBj+Tk30QIyjMkh2XsSilyaCtm/hEmwj7ZJiz7eE4WSHucB0sZKM5tuczdGufxokDB8h3Ej4FJg/s2bGN/",
    "Rf4C2SFv+fZRVsu20Qbhgy00oKWuocqbZG2oHbdfbYTbDSxADqocoslr24VjGzd2MzRH9X/fP39UD8cK3KAxhNYTLe1Y",
    "eQuZZ9u7nuT5SzmFvLlNGopaYp4HadVQWt3E8Cjm1x87fyfoefnywe6HF+8TzpAnae8zk/a+N2nvw5P2f8FsknheQ55k",
    "/d/0L8Qe+xyzGML5AAAAAElFTkSuQmCC",
  ].join(""),
  "base64",
);

/** A preview of a stored picture, whole, before a blurred copy of itself, and labelled; JPEG without metadata. */
export async function toSocialPreview(bytes: Uint8Array): Promise<Uint8Array> {
  const { width, height } = PREVIEW;
  const read = () =>
    sharp(bytes, { limitInputPixels: MAX_PIXELS })
      .timeout({ seconds: DECODE_TIMEOUT_SECONDS })
      .flatten({ background: "#fff" });
  const whole = await read().resize(width, height, { fit: "inside" }).png().toBuffer();
  return read()
    .resize(width, height, { fit: "cover" })
    .blur(32)
    .modulate({ brightness: 0.7 })
    .composite([
      { input: whole, gravity: "centre" },
      { input: LABEL, left: LABEL_MARGIN, top: height - 48 - LABEL_MARGIN },
    ])
    .jpeg({ quality: 85 })
    .toBuffer();
}
